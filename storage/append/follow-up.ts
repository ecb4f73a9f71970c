/**
 * Messages that follow what this process stored last in their conversations: one round trip instead of two. Nothing is read and locked
 * first. The appends work on the rows as they were left, and the statements that write them ask whether they still are what they were;
 * if not, nothing of it happens and the batch goes the long way.
 */

import { conversationColumns, messageColumns, ordinalColumns } from "../columns.ts";
import type { StorageContext } from "../context.ts";
import type { Connection, SqlValue } from "../dialects/dialect.ts";
import type { LockedVisitor } from "../person-rows.ts";
import type { ConversationRow, MessageRow } from "../schema.ts";
import { insertRows } from "../statements.ts";
import type { AppendResult } from "../storage.ts";
import { appendOne } from "./append-one.ts";
import type { Offer } from "./offer.ts";
import { emptyWorkingSet, type WorkingSet } from "./working-set.ts";

/** Where it was left, and who is meant by `current`. */
interface Left {
  readonly conversation: ConversationRow;
  readonly visitor: LockedVisitor | null;
}

/** A statement for each costs more than a row of a statement for all. */
const maxFollowUps = 4;

/** Null: they are no such messages, or somebody else was there meanwhile; nothing was stored. */
export async function appendFollowUps(
  context: StorageContext,
  offers: readonly Offer[],
): Promise<AppendResult[] | null> {
  if (!context.dialect.flags.remote || offers.length > maxFollowUps) return null;
  const lefts = offers.map((offer) => leftFor(context, offer)).filter((left) => left !== null);
  if (lefts.length < offers.length) return null;
  const set = emptyWorkingSet(nothingToRead, 0);
  for (const { producer } of offers) set.storedOrdinals.set(producer, context.storedOrdinals.get(producer) ?? 0);
  for (const left of lefts) take(set, left);
  const results: AppendResult[] = [];
  for (const offer of offers) results.push(await appendOne(context, set, offer));
  if (results.some(({ outcome }) => outcome !== "stored") || !isMessagesAlone(set)) return null;
  const rows = [...set.changedConversations];
  try {
    await context.dialect.transaction("append", (connection) => write(connection, set));
  } catch {
    // Whatever it was: the long way finds out, and repeats it safely if it has happened.
    for (const [row] of rows) context.ownConversations.contend(keyOf(row));
    return null;
  }
  for (const { producer, request } of offers) context.storedOrdinals.set(producer, request.ordinal);
  for (const [row] of rows) context.ownConversations.leave(keyOf(row), row);
  return results;
}

function leftFor(context: StorageContext, { request, producer }: Offer): Left | null {
  const { tenant, target, events, change, tombstone, ordinal } = request;
  const [event] = events;
  if (change !== undefined || tombstone !== undefined) return null;
  if (events.length !== 1 || event?.log !== "public" || event.body.kind !== "text") return null;
  if (context.storedOrdinals.get(producer) !== ordinal - 1 || target.type === "visit") return null;
  const visitor = target.type === "current" ? context.ownVisitors.get(`${tenant} ${target.visitor}`) : null;
  if (visitor === undefined || (visitor && (visitor.contact !== null || visitor.current_conversation === null)))
    return null;
  const number =
    target.type === "log"
      ? context.conversationNumbers.get(`${tenant} ${target.conversation}`)
      : visitor?.current_conversation;
  const conversation = context.ownConversations.find(`${tenant} ${number}`);
  if (conversation?.status !== "open" || conversation.public_marked !== context.consumersFingerprint) return null;
  // Somebody's on all their devices: which one is meant is decided under the locks.
  if (visitor && conversation.contact !== null) return null;
  return { conversation, visitor };
}

/** Two messages of one conversation work on one row. */
function take(set: WorkingSet, { conversation, visitor }: Left): void {
  const key = keyOf(conversation);
  if (!set.conversations.has(key)) set.conversations.set(key, { ...conversation });
  set.numbers.set(`${conversation.tenant} ${conversation.public_id}`, conversation.number);
  if (visitor) set.visitors.set(`${visitor.tenant} ${visitor.public_id}`, { ...visitor });
}

function keyOf({ tenant, number }: ConversationRow): string {
  return `${tenant} ${number}`;
}

/** What messages in open conversations write, and nothing else. */
function isMessagesAlone(set: WorkingSet): boolean {
  const others = [set.changedMessages, set.newConversations, set.changedVisitors, set.changedContacts];
  return others.every(({ size }) => size === 0);
}

/**
 * In the order of all locks. Visitors need none: an open conversation without a contact stays its visitor's current one until its own
 * row says otherwise.
 */
async function write(connection: Connection, set: WorkingSet): Promise<void> {
  const rows = [...set.changedConversations].sort(([a], [b]) => a.tenant - b.tenant || a.number - b.number);
  for (const [row, left] of rows) {
    await updateIfUnchanged(connection, left, row);
    const [first, ...more] = set.newMessages.filter(({ conversation }) => conversation === row.number);
    if (first) await insertIfUpdated(connection, first);
    await insertRows(connection, "messages", messageColumns, more);
  }
  await insertRows(connection, "ordinals", ordinalColumns, set.newOrdinals);
}

/** What never changes, and what changes only together with a head or the status. */
const implied: readonly (keyof ConversationRow)[] = [
  "public_id",
  "site",
  "epoch_part",
  "created_at",
  "closed_at",
  "last_at",
  "waiting_since",
  "preview",
  "preview_seq",
  "preview_side",
  "preview_sender",
  "visitor_count",
  "agent_count",
];
/** All else must be as it was left. */
const guarded = conversationColumns.filter((column) => !implied.includes(column));

async function updateIfUnchanged(connection: Connection, left: ConversationRow, row: ConversationRow): Promise<void> {
  const changed = conversationColumns.filter((column) => row[column] !== left[column]);
  const assignments = changed.map((column) => `${column} = ?`).join(", ");
  const conditions = guarded.map((column) => `${column} ${left[column] === null ? "IS NULL" : "= ?"}`);
  const values: SqlValue[] = changed.map((column) => row[column]);
  for (const column of guarded) if (left[column] !== null) values.push(left[column]);
  await connection.defer(`UPDATE conversations SET ${assignments} WHERE ${conditions.join(" AND ")}`, values);
}

/** `seq` must not be null: where nothing was updated, this fails, and the whole transaction with it. */
async function insertIfUpdated(connection: Connection, message: MessageRow): Promise<void> {
  const places = messageColumns.map((column) => (column === "seq" ? "IF(ROW_COUNT() = 1, ?, NULL)" : "?"));
  await connection.defer(
    `INSERT INTO messages (${messageColumns.join(", ")}) VALUES (${places.join(", ")})`,
    messageColumns.map((column) => message[column]),
  );
}

/** What would have to be read goes the long way. */
const refuse = (): Promise<never> => Promise.reject(new Error("append: a follow-up reads nothing"));
const nothingToRead: Connection = { query: refuse, queryAll: refuse, execute: refuse, defer: refuse };
