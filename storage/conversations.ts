/** Rows of conversations: locked, written and shown. */

import { conversationColumns } from "./columns.ts";
import type { StorageContext } from "./context.ts";
import type { Connection, SqlValue, Statement } from "./dialects/dialect.ts";
import { identifiersOf, isIdentifier } from "./identifiers.ts";
import type { ConversationRecord } from "./records.ts";
import type { ConversationRow } from "./schema.ts";
import { rowsOf, updateRow, upsertRows, whereTenantAndIn } from "./statements.ts";
import { reading } from "./transaction.ts";

/** The greatest key, where a page begins at the newest row. */
const beyondAll = Number.MAX_SAFE_INTEGER;

type HeadRow = Pick<ConversationRow, "public_id" | "epoch_part" | "public_head" | "staff_head">;

export function conversationOperations(context: StorageContext) {
  const { dialect } = context;
  const newestOf = (connection: Connection, tenant: number, status: "open" | "closed", limit: number) =>
    rowsOf(
      connection,
      dialect.sql
        .selectFrom("conversations")
        .selectAll()
        .where("tenant", "=", tenant)
        .where("status", "=", status)
        .orderBy("last_at", "desc")
        .orderBy("number", "desc")
        .limit(limit),
    );

  return {
    async conversation(tenant: number, conversation: string): Promise<ConversationRecord | null> {
      if (!isIdentifier(conversation)) return null;
      return reading(dialect, async (connection) => {
        const row = await findConversation(context, connection, tenant, conversation);
        return row && conversationRecord(context, row);
      });
    },

    async heads(tenant: number, conversations: string[]) {
      const ids = identifiersOf(conversations);
      if (ids.length === 0) return [];
      // Asked every few seconds by every gateway.
      const where = whereTenantAndIn(
        "public_id",
        ids.map((value) => ({ tenant, value })),
      );
      const sql = `SELECT public_id, epoch_part, public_head, staff_head FROM conversations${dialect.flags.byIndex("conversations_by_public_id")} WHERE ${where.text}`;
      const rows = await reading(dialect, (connection) => connection.query<HeadRow>(sql, where.values));
      return rows.map((row) => ({
        conversation: row.public_id,
        epoch: epochOf(context, row),
        publicHead: row.public_head,
        staffHead: row.staff_head,
      }));
    },

    async inbox(tenant: number, closedLimit: number): Promise<ConversationRecord[]> {
      return reading(dialect, async (connection) => {
        const open = await newestOf(connection, tenant, "open", beyondAll);
        const closed = closedLimit > 0 ? await newestOf(connection, tenant, "closed", closedLimit) : [];
        return [...open, ...closed].map((row) => conversationRecord(context, row));
      });
    },

    async closedConversations(
      tenant: number,
      before: { lastAt: number; id: string } | null,
      limit: number,
    ): Promise<ConversationRecord[]> {
      return reading(dialect, async (connection) => {
        const last = before && (await findConversation(context, connection, tenant, before.id));
        const lastAt = before?.lastAt ?? beyondAll;
        const number = last?.number ?? beyondAll;
        const rows = await rowsOf(
          connection,
          dialect.sql
            .selectFrom("conversations")
            .selectAll()
            .where("tenant", "=", tenant)
            .where("status", "=", "closed")
            .where("last_at", "<=", lastAt)
            .where((or) => or.or([or("last_at", "<", lastAt), or("number", "<", number)]))
            .orderBy("last_at", "desc")
            .orderBy("number", "desc")
            .limit(limit),
        );
        return rows.map((row) => conversationRecord(context, row));
      });
    },
  };
}

/** Null: not in this tenant. */
export async function findConversation(
  context: StorageContext,
  connection: Connection,
  tenant: number,
  conversation: string,
): Promise<ConversationRow | null> {
  if (!isIdentifier(conversation)) return null;
  const [row] = await connection.query<ConversationRow>(
    "SELECT * FROM conversations WHERE tenant = ? AND public_id = ?",
    [tenant, conversation],
  );
  if (row) context.conversationNumbers.set(`${tenant} ${conversation}`, row.number);
  return row ?? null;
}

/** Numbers of conversations by `tenant id`; ids that nobody has are absent. An id never changes its number, so most come from memory. */
export async function conversationNumbers(
  context: StorageContext,
  connection: Connection,
  wanted: readonly { tenant: number; conversation: string }[],
): Promise<Map<string, number>> {
  const numbers = new Map<string, number>();
  const missing: { tenant: number; value: string }[] = [];
  for (const { tenant, conversation } of wanted) {
    const key = `${tenant} ${conversation}`;
    const known = context.conversationNumbers.get(key);
    if (known !== undefined) numbers.set(key, known);
    else if (isIdentifier(conversation)) missing.push({ tenant, value: conversation });
  }
  if (missing.length === 0) return numbers;
  const where = whereTenantAndIn("public_id", missing);
  const rows = await connection.query<{ tenant: number; number: number; public_id: string }>(
    `SELECT tenant, number, public_id FROM conversations WHERE ${where.text}`,
    where.values,
  );
  for (const row of rows) {
    numbers.set(`${row.tenant} ${row.public_id}`, row.number);
    context.conversationNumbers.set(`${row.tenant} ${row.public_id}`, row.number);
  }
  return numbers;
}

/** Locks rows in the order of their keys, so that two transactions never wait for each other. */
export async function lockConversations(
  context: StorageContext,
  connection: Connection,
  wanted: readonly { tenant: number; value: number }[],
): Promise<ConversationRow[]> {
  if (wanted.length === 0) return [];
  const { sql, values } = conversationLock(context, wanted);
  return connection.query<ConversationRow>(sql, values);
}

export function conversationLock(
  { dialect: { flags } }: StorageContext,
  wanted: readonly { tenant: number; value: number }[],
): Statement {
  const ascending = [...wanted].sort((a, b) => a.tenant - b.tenant || a.value - b.value);
  const where = whereTenantAndIn("number", ascending);
  const sql = `SELECT * FROM conversations${flags.byIndex("PRIMARY")} WHERE ${where.text} ORDER BY tenant, number${flags.lockRows}`;
  return { sql, values: where.values };
}

const conversationKeys = ["tenant", "number"] as const;
/** An UPDATE of a row costs twice of what a row of an upsert does, but an upsert as much as two rows to begin with. */
const maxUpdates = 3;

/** Writes locked rows back, each with the row as it is stored: what most appends change is little. */
export async function changeConversations(
  context: StorageContext,
  connection: Connection,
  changed: ReadonlyMap<ConversationRow, ConversationRow>,
): Promise<void> {
  if (changed.size > maxUpdates) return writeConversations(context, connection, [...changed.keys()]);
  for (const [row, stored] of changed)
    await updateRow(
      connection,
      "conversations",
      conversationKeys,
      conversationColumns,
      asValues(row),
      asValues(stored),
    );
}

/** Writes rows back that this transaction has locked. */
export async function writeConversations(
  { dialect: { flags }, ownConversations }: StorageContext,
  connection: Connection,
  rows: readonly ConversationRow[],
): Promise<void> {
  // Whether it will be committed is not known yet: what is remembered is checked wherever it is used.
  for (const row of rows) ownConversations.refresh(`${row.tenant} ${row.number}`, row);
  await upsertRows(connection, flags, "conversations", conversationKeys, conversationColumns, rows.map(asValues));
}

function asValues(row: ConversationRow): ConversationRow & { [column: string]: SqlValue } {
  return row as ConversationRow & { [column: string]: SqlValue };
}

export function epochOf(context: StorageContext, row: { epoch_part: string }): string {
  return `${context.generation}.${row.epoch_part}`;
}

export function conversationRecord(context: StorageContext, row: ConversationRow): ConversationRecord {
  return {
    id: row.public_id,
    site: row.site,
    epoch: epochOf(context, row),
    status: row.status,
    assignee: row.assignee,
    visitor: row.visitor,
    contact: row.contact,
    visit: row.visit,
    createdAt: row.created_at,
    closedAt: row.closed_at,
    lastAt: row.last_at,
    waitingSince: row.waiting_since,
    preview: row.preview,
    previewSide: row.preview_side,
    previewSender: row.preview_sender,
    publicHead: row.public_head,
    staffHead: row.staff_head,
    visitorCount: row.visitor_count,
    agentCount: row.agent_count,
    visitorDelivered: row.visitor_delivered,
    visitorRead: row.visitor_read,
    agentsDelivered: row.agents_delivered,
    agentsRead: row.agents_read,
    invitation: row.invitation,
    name: row.name,
    email: row.email,
    verified: row.verified === 1,
  };
}
