/**
 * The rival of `append`: the same promise the usual way, one transaction for each message through Kysely and its pool. Lock the
 * conversation, insert the row and its ordinal (whose unique keys find a resend), keep the counters, set the consumer's mark where it is
 * not set, commit. It is spared what `append` does beside: looking resends up first, gaps, and finding a visitor's current conversation.
 */
import { type Kysely, sql } from "kysely";
import type { Schema } from "../../storage/schema.ts";

export interface RivalMessage {
  readonly tenant: number;
  readonly conversation: number;
  readonly producer: string;
  readonly address: string;
  readonly ordinal: number;
  readonly messageId: string;
  readonly sender: string;
  readonly side: "visitor" | "agent";
  readonly at: number;
  readonly text: string;
  readonly hash: Uint8Array;
}

export async function appendByTransaction(database: Kysely<Schema>, message: RivalMessage): Promise<number> {
  const { tenant, conversation, at, side } = message;
  return database.transaction().execute(async (transaction) => {
    const row = await transaction
      .selectFrom("conversations")
      .select(["public_head", "public_marked", "visitor_count", "agent_count", "waiting_since"])
      .where("tenant", "=", tenant)
      .where("number", "=", conversation)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const seq = row.public_head + 1;
    const counts = {
      visitor_count: row.visitor_count + (side === "visitor" ? 1 : 0),
      agent_count: row.agent_count + (side === "agent" ? 1 : 0),
    };
    await transaction
      .insertInto("messages")
      .values({
        tenant,
        conversation,
        log: 0,
        seq,
        message_id: message.messageId,
        producer: message.producer,
        ordinal: message.ordinal,
        at,
        side,
        sender: message.sender,
        kind: "text",
        body_format: 1,
        body_key: 0,
        body: Buffer.from(JSON.stringify({ kind: "text", text: message.text })),
        body_hash: message.hash,
        after_seq: null,
        edited_at: null,
        deleted_at: null,
        ...counts,
        chain: null,
        chain_salt: null,
      })
      .execute();
    await transaction
      .insertInto("ordinals")
      .values({
        tenant,
        producer: message.producer,
        address: message.address,
        ordinal: message.ordinal,
        sender: message.sender,
        message_id: message.messageId,
        original: 1,
        hash: message.hash,
        conversation,
        log: 0,
        seq,
        at,
        code: null,
        winner: null,
      })
      .execute();
    await transaction
      .updateTable("conversations")
      .set({
        ...counts,
        public_head: seq,
        last_at: at,
        waiting_since: side === "visitor" ? (row.waiting_since ?? at) : null,
        preview: message.text.slice(0, 160),
        preview_seq: seq,
        preview_side: side,
        preview_sender: message.sender,
      })
      .where("tenant", "=", tenant)
      .where("number", "=", conversation)
      .execute();
    if (row.public_marked === 0)
      await transaction
        .insertInto("dirty_logs")
        .values({ consumer: "search", tenant, conversation, log: 0, done: 0, dirty_since: at })
        .onDuplicateKeyUpdate({ dirty_since: sql`CASE WHEN dirty_since = 0 THEN ${at} ELSE dirty_since END` })
        .execute();
    return seq;
  });
}
