/**
 * Everything that a batch needs, read and locked in a fixed order (visitors, contacts, conversations; each by its key), and what it
 * is going to write. Between the two the appends work on these rows in memory.
 */
import type { StorageContext } from "../context.ts";
import { conversationNumbers, findConversation, lockConversations } from "../conversations.ts";
import type { Connection, SqlValue } from "../dialects/dialect.ts";
import { lockContacts, lockVisitors, newVisitor } from "../person-rows.ts";
import {
  type ContactRow,
  type ConversationRow,
  type MessageRow,
  type OrdinalRow,
  type VisitorRow,
  visitorColumns,
} from "../schema.ts";
import { insertRows, whereTenantAndIn } from "../statements.ts";
import { messageKey, type Offer, ordinalKey, producerKey } from "./offer.ts";

export interface WorkingSet {
  readonly connection: Connection;
  /** Proposed ids are used at first; after a duplicate, which may be one of them, fresh ones. */
  readonly freshIds: boolean;
  /** By {@link ordinalKey}: what became of ordinals that are offered, and of those before them. */
  readonly ordinals: Map<string, OrdinalRow>;
  /** By {@link messageKey}. */
  readonly messageIds: Map<string, OrdinalRow>;
  /** By `tenant id`. */
  readonly visitors: Map<string, VisitorRow>;
  readonly contacts: Map<string, ContactRow>;
  readonly numbers: Map<string, number>;
  /** Newest conversation of a visit that is not closed, by `tenant visit`. */
  readonly ofVisits: Map<string, number>;
  /** Locked, by `tenant number`. */
  readonly conversations: Map<string, ConversationRow>;

  readonly newOrdinals: OrdinalRow[];
  readonly newMessages: MessageRow[];
  /** Stored rows that an edit or deletion named. */
  readonly changedMessages: Set<MessageRow>;
  readonly newConversations: Set<ConversationRow>;
  readonly changedConversations: Set<ConversationRow>;
  readonly changedVisitors: Set<VisitorRow>;
  readonly changedContacts: Set<ContactRow>;
}

export async function loadWorkingSet(
  context: StorageContext,
  connection: Connection,
  offers: readonly Offer[],
  attempt: number,
): Promise<WorkingSet> {
  const set: WorkingSet = {
    connection,
    freshIds: attempt >= 2,
    ordinals: new Map(),
    messageIds: new Map(),
    visitors: new Map(),
    contacts: new Map(),
    numbers: new Map(),
    ofVisits: new Map(),
    conversations: new Map(),
    newOrdinals: [],
    newMessages: [],
    changedMessages: new Set(),
    newConversations: new Set(),
    changedConversations: new Set(),
    changedVisitors: new Set(),
    changedContacts: new Set(),
  };
  await loadOrdinals(context, set, offers);
  const fresh = offersToStore(set, offers);
  await loadNumbers(context, set, fresh);
  await lockPeople(context, set, fresh);
  await lockAllConversations(context, set);
  return set;
}

/** One statement for both ways in which an offer may be known already. */
async function loadOrdinals({ dialect: { flags } }: StorageContext, set: WorkingSet, offers: readonly Offer[]) {
  const byOrdinal: string[] = [];
  const byMessage: string[] = [];
  const ordinalValues: SqlValue[] = [];
  const messageValues: SqlValue[] = [];
  for (const { request } of offers) {
    const { tenant, producer, address, ordinal } = request;
    byOrdinal.push("(tenant = ? AND producer = ? AND address = ? AND ordinal IN (?, ?))");
    ordinalValues.push(tenant, producer, address, ordinal - 1, ordinal);
    byMessage.push("(tenant = ? AND sender = ? AND message_id = ? AND original = 1)");
    messageValues.push(tenant, request.sender.id ?? "", request.messageId);
  }
  const rows = await set.connection.query<OrdinalRow>(
    `SELECT * FROM ordinals${flags.byIndex("PRIMARY")} WHERE ${byOrdinal.join(" OR ")} UNION ALL SELECT * FROM ordinals${flags.byIndex("ordinals_by_message")} WHERE ${byMessage.join(" OR ")}`,
    [...ordinalValues, ...messageValues],
  );
  for (const row of rows) {
    set.ordinals.set(ordinalKey(row), row);
    if (row.original === 1) set.messageIds.set(messageKey(row.tenant, row.sender, row.message_id), row);
  }
}

/** Without those that are answered from what is stored, and those that come too early. */
function offersToStore(set: WorkingSet, offers: readonly Offer[]): Offer[] {
  const offered = new Set(offers.map(({ request }) => ordinalKey(request)));
  return offers.filter(({ request }) => {
    if (set.ordinals.has(ordinalKey(request)) || request.tombstone !== undefined) return false;
    if (set.messageIds.has(messageKey(request.tenant, request.sender.id, request.messageId))) return false;
    const before = `${producerKey(request)} ${request.ordinal - 1}`;
    return request.ordinal === 1 || set.ordinals.has(before) || offered.has(before);
  });
}

/** Numbers of the conversations that are named, and of those that visits have begun. */
async function loadNumbers(context: StorageContext, set: WorkingSet, offers: readonly Offer[]): Promise<void> {
  const named: { tenant: number; conversation: string }[] = [];
  const visits: { tenant: number; value: string }[] = [];
  for (const { request } of offers) {
    const { tenant, target } = request;
    if (target.type === "log") named.push({ tenant, conversation: target.conversation });
    if (target.type === "current" && target.answers !== undefined) named.push({ tenant, conversation: target.answers });
    if (target.type === "visit") visits.push({ tenant, value: target.visit });
  }
  if (named.length > 0) {
    const numbers = await conversationNumbers(context, set.connection, named);
    for (const [key, number] of numbers) set.numbers.set(key, number);
  }
  if (visits.length === 0) return;
  const where = whereTenantAndIn("visit", visits);
  const rows = await set.connection.query<{ tenant: number; visit: string; number: number }>(
    `SELECT tenant, visit, number FROM conversations WHERE (${where.text}) AND status <> 'closed' ORDER BY number`,
    where.values,
  );
  for (const row of rows) set.ofVisits.set(`${row.tenant} ${row.visit}`, row.number);
}

async function lockPeople(context: StorageContext, set: WorkingSet, offers: readonly Offer[]): Promise<void> {
  const wanted = new Map<string, { tenant: number; value: string }>();
  const want = (tenant: number, value: string) => wanted.set(`${tenant} ${value}`, { tenant, value });
  for (const { request } of offers) {
    const { tenant, target } = request;
    if (target.type !== "log" && target.visitor !== undefined) want(tenant, target.visitor);
    // Reopening by hand makes it the visitor's current one again.
    if (target.type === "log" && request.change?.status === "open") {
      const row = await findConversation(context, set.connection, tenant, target.conversation);
      if (row?.visitor) want(tenant, row.visitor);
    }
  }
  const visitors = await lockVisitors(context, set.connection, [...wanted.values()]);
  for (const row of visitors) set.visitors.set(`${row.tenant} ${row.public_id}`, row);
  await createVisitors(context, set, offers);
  const linked = visitors.flatMap(({ tenant, contact }) => (contact === null ? [] : [{ tenant, value: contact }]));
  for (const row of await lockContacts(context, set.connection, linked))
    set.contacts.set(`${row.tenant} ${row.public_id}`, row);
}

/** At once, so that their rows are locked like all others: somebody else who creates the same one waits, and finds it. */
async function createVisitors(context: StorageContext, set: WorkingSet, offers: readonly Offer[]): Promise<void> {
  const rows: VisitorRow[] = [];
  for (const { request } of offers) {
    const { tenant, target, at } = request;
    if (target.type !== "current" || set.visitors.has(`${tenant} ${target.visitor}`)) continue;
    const row = newVisitor(context, tenant, target.site, target.visitor, target.profile, at);
    set.visitors.set(`${tenant} ${target.visitor}`, row);
    rows.push(row);
  }
  await insertRows(set.connection, "visitors", visitorColumns, rows);
}

async function lockAllConversations(context: StorageContext, set: WorkingSet): Promise<void> {
  const wanted = new Map<string, { tenant: number; value: number }>();
  const want = (tenant: number, value: number | null) => {
    if (value !== null) wanted.set(`${tenant} ${value}`, { tenant, value });
  };
  for (const row of set.ordinals.values()) want(row.tenant, row.conversation);
  for (const row of set.messageIds.values()) want(row.tenant, row.conversation);
  for (const [key, number] of [...set.numbers, ...set.ofVisits]) want(Number.parseInt(key, 10), number);
  for (const row of [...set.visitors.values(), ...set.contacts.values()]) want(row.tenant, row.current_conversation);
  const rows = await lockConversations(context, set.connection, [...wanted.values()]);
  for (const row of rows) set.conversations.set(`${row.tenant} ${row.number}`, row);
}
