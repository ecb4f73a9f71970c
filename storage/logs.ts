/** Reading logs: pages by clustered range, durable ordinals, positions. */
import type { LogEvent } from "../protocol/frames.ts";
import type { StorageContext } from "./context.ts";
import { conversationRecord, findConversation } from "./conversations.ts";
import type { Connection } from "./dialects/dialect.ts";
import { identifiersOf, isIdentifier } from "./identifiers.ts";
import { decodeBody } from "./message-body.ts";
import type { MessageRow, OrdinalRow } from "./schema.ts";
import { rowsOf } from "./statements.ts";
import type { LogKind, OpenLogRequest, OpenLogResult } from "./storage.ts";
import { reading } from "./transaction.ts";

export function logNumber(log: LogKind): number {
  return log === "staff" ? 1 : 0;
}

export function logOperations(context: StorageContext) {
  const { dialect } = context;
  return {
    async openLog(request: OpenLogRequest): Promise<OpenLogResult | null> {
      const { tenant, log, reader } = request;
      return reading(dialect, async (connection) => {
        const row = await findConversation(context, connection, tenant, request.conversation);
        if (!row) return null;
        const ofVisitor = { delivered: row.visitor_delivered, read: row.visitor_read };
        return {
          state: conversationRecord(context, row),
          head: log === "public" ? row.public_head : row.staff_head,
          first: log === "public" ? row.public_first : row.staff_first,
          ordinals: await lastOrdinals(context, connection, tenant, request.producers, reader),
          own: reader === null ? ofVisitor : await ownPosition(context, connection, tenant, row.number, log, reader),
        };
      });
    },

    async ordinals(tenant: number, address: string, producers: readonly string[], sender: string) {
      const offers = producers.map((producer) => ({ producer, address }));
      const found = await reading(dialect, (connection) => lastOrdinals(context, connection, tenant, offers, sender));
      return found.map(({ producer, ordinal }) => ({ producer, ordinal }));
    },

    async refusals(
      tenant: number,
      address: string,
      ranges: { producer: string; first: number; last: number }[],
      sender: string,
    ): Promise<{ producer: string; ordinal: number; id: string; code: string; by?: string }[]> {
      const asked = ranges.filter(({ producer }) => isIdentifier(producer));
      if (asked.length === 0) return [];
      const where = asked.map(() => "(producer = ? AND address = ? AND ordinal BETWEEN ? AND ?)").join(" OR ");
      const rows = await reading(dialect, (connection) =>
        connection.query<Pick<OrdinalRow, "producer" | "ordinal" | "message_id" | "code" | "winner">>(
          `SELECT producer, ordinal, message_id, code, winner FROM ordinals${dialect.flags.byIndex("PRIMARY")} WHERE tenant = ? AND (${where}) AND sender = ? AND code IS NOT NULL ORDER BY producer, ordinal`,
          [tenant, ...asked.flatMap(({ producer, first, last }) => [producer, address, first, last]), sender],
        ),
      );
      return rows.map(({ producer, ordinal, message_id: id, code, winner }) => ({
        producer,
        ordinal,
        id,
        code: code ?? "",
        ...(winner === null ? {} : { by: winner }),
      }));
    },

    async readLog(
      tenant: number,
      conversation: string,
      log: LogKind,
      from: number,
      to: number,
      limit: number,
    ): Promise<LogEvent[]> {
      return reading(dialect, async (connection) => {
        const row = await findConversation(context, connection, tenant, conversation);
        if (!row) return [];
        const rows = await rowsOf(
          connection,
          dialect.sql
            .selectFrom("messages")
            .selectAll()
            .where("tenant", "=", tenant)
            .where("conversation", "=", row.number)
            .where("log", "=", logNumber(log))
            .where("seq", ">=", from)
            .where("seq", "<=", to)
            .orderBy("seq")
            .limit(limit),
        );
        return withEditedTexts(context, connection, rows);
      });
    },

    async readCounts(tenant: number, agent: string, conversations: string[]) {
      const ids = identifiersOf(conversations);
      if (ids.length === 0 || !isIdentifier(agent)) return [];
      const rows = await reading(dialect, (connection) =>
        rowsOf(
          connection,
          dialect.sql
            .selectFrom("conversations")
            .innerJoin("receipts", (join) =>
              join
                .onRef("receipts.tenant", "=", "conversations.tenant")
                .onRef("receipts.conversation", "=", "conversations.number")
                .on("receipts.log", "=", 0)
                .on("receipts.reader", "=", agent),
            )
            .leftJoin("messages", (join) =>
              join
                .onRef("messages.tenant", "=", "receipts.tenant")
                .onRef("messages.conversation", "=", "receipts.conversation")
                .on("messages.log", "=", 0)
                .onRef("messages.seq", "=", "receipts.read_seq"),
            )
            .select([
              "conversations.public_id",
              "receipts.delivered_seq",
              "receipts.read_seq",
              "messages.visitor_count as visitor_count_read",
            ])
            .where("conversations.tenant", "=", tenant)
            .where("conversations.public_id", "in", ids),
        ),
      );
      return rows.map((row) => ({
        conversation: row.public_id,
        delivered: row.delivered_seq,
        read: row.read_seq,
        visitorCountRead: row.visitor_count_read ?? 0,
      }));
    },
  };
}

/**
 * The highest durable ordinal of each producer at each address as named; those without any are absent. Clients let go of what is
 * durable, so what somebody else put under a producer that they had seen must not count. `sender` null: anybody's.
 */
async function lastOrdinals(
  { dialect: { flags } }: StorageContext,
  connection: Connection,
  tenant: number,
  offers: readonly { producer: string; address: string }[],
  sender: string | null,
): Promise<{ producer: string; address: string; ordinal: number }[]> {
  const asked = offers.filter(({ producer }) => isIdentifier(producer));
  if (asked.length === 0) return [];
  const where = asked.map(() => "(producer = ? AND address = ?)").join(" OR ");
  return connection.query(
    `SELECT producer, address, MAX(ordinal) AS ordinal FROM ordinals${flags.byIndex("PRIMARY")} WHERE tenant = ? AND (${where})${sender === null ? "" : " AND sender = ?"} GROUP BY producer, address`,
    [tenant, ...asked.flatMap(({ producer, address }) => [producer, address]), ...(sender === null ? [] : [sender])],
  );
}

async function ownPosition(
  { dialect }: StorageContext,
  connection: Connection,
  tenant: number,
  conversation: number,
  log: LogKind,
  reader: string,
): Promise<{ delivered: number; read: number }> {
  const [row] = await rowsOf(
    connection,
    dialect.sql
      .selectFrom("receipts")
      .select(["delivered_seq as delivered", "read_seq as read"])
      .where("tenant", "=", tenant)
      .where("conversation", "=", conversation)
      .where("log", "=", logNumber(log))
      .where("reader", "=", reader),
  );
  return row ?? { delivered: 0, read: 0 };
}

/** An edit shows the present text of the row that it names. */
async function withEditedTexts(
  { dialect }: StorageContext,
  connection: Connection,
  rows: readonly MessageRow[],
): Promise<LogEvent[]> {
  const events = rows.map(logEvent);
  const edits = events.flatMap(({ body }) => (body.kind === "edit" ? [body] : []));
  const [first] = rows;
  if (!first || edits.length === 0) return events;
  const named = await rowsOf(
    connection,
    dialect.sql
      .selectFrom("messages")
      .selectAll()
      .where("tenant", "=", first.tenant)
      .where("conversation", "=", first.conversation)
      .where("log", "=", first.log)
      .where("seq", "in", [...new Set(edits.map((edit) => edit.target))]),
  );
  for (const edit of edits) {
    const row = named.find(({ seq }) => seq === edit.target);
    const body = row && decodeBody(row);
    if (body && "text" in body) edit.text = body.text;
  }
  return events;
}

export function logEvent(row: MessageRow): LogEvent {
  return {
    seq: row.seq,
    id: row.message_id,
    producer: row.producer,
    ordinal: row.ordinal,
    at: row.at,
    sender: row.sender === null ? { side: row.side } : { side: row.side, id: row.sender },
    body: decodeBody(row),
    ...(row.after_seq === null ? {} : { after: row.after_seq }),
    ...(row.edited_at === null ? {} : { editedAt: row.edited_at }),
    ...(row.deleted_at === null ? {} : { deletedAt: row.deleted_at }),
    visitorCount: row.visitor_count,
    agentCount: row.agent_count,
  };
}
