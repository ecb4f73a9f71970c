/**
 * Everything that a batch needs, read and locked in a fixed order (visitors, contacts, conversations; each by its key), and what it
 * is going to write. Between the two the appends work on these rows in memory.
 */

import { visitorColumns } from "../columns.ts";
import type { StorageContext } from "../context.ts";
import { conversationLock, conversationNumbers, findConversation, lockConversations } from "../conversations.ts";
import type { Connection, SqlValue, Statement } from "../dialects/dialect.ts";
import { type LockedVisitor, lockContacts, lockedVisitorColumns, newVisitor, visitorLock } from "../person-rows.ts";
import type { ContactRow, ConversationRow, MessageRow, OrdinalRow, VisitorRow } from "../schema.ts";
import { insertRows, whereTenantAndIn } from "../statements.ts";
import { messageKey, type Offer, ordinalKey } from "./offer.ts";

export interface WorkingSet {
  readonly connection: Connection;
  /**
   * After a duplicate: message ids are looked up too. They come again under another producer only after a restore or a lost page, so
   * that the first attempt trusts their unique key.
   */
  readonly careful: boolean;
  /** Proposed ids are used at first; after a second duplicate, which may be one of them, fresh ones. */
  readonly freshIds: boolean;
  /** By {@link ordinalKey}: what became of ordinals that are offered, and of those before them, where memory does not say it. */
  readonly ordinals: Map<string, OrdinalRow>;
  /** By {@link producerKey}: all ordinals up to this one are stored. Only of those whose rows were not read. */
  readonly storedOrdinals: Map<string, number>;
  /** By {@link messageKey}. */
  readonly messageIds: Map<string, OrdinalRow>;
  /** By `tenant id`. */
  readonly visitors: Map<string, LockedVisitor>;
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
  /** Each with the row as it is stored. */
  readonly changedConversations: Map<ConversationRow, ConversationRow>;
  readonly changedVisitors: Set<LockedVisitor>;
  readonly changedContacts: Set<ContactRow>;
}

export function emptyWorkingSet(connection: Connection, attempt: number): WorkingSet {
  return {
    connection,
    careful: attempt >= 1,
    freshIds: attempt >= 2,
    ordinals: new Map(),
    storedOrdinals: new Map(),
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
    changedConversations: new Map(),
    changedVisitors: new Set(),
    changedContacts: new Set(),
  };
}

export async function loadWorkingSet(
  context: StorageContext,
  connection: Connection,
  offers: readonly Offer[],
  attempt: number,
): Promise<WorkingSet> {
  const set = emptyWorkingSet(connection, attempt);
  await loadAtOnce(context, set, offers);
  const fresh = offersToStore(set, offers);
  await loadNumbers(context, set, fresh);
  await createVisitors(context, set, fresh);
  await lockLinkedContacts(context, set);
  await lockRemaining(context, set);
  return set;
}

/**
 * What is known of the offers, the visitors' locks and, where all of them can be guessed, the conversations' locks: one round trip.
 * Only all together: a part of them would break the order of locks.
 */
async function loadAtOnce(context: StorageContext, set: WorkingSet, offers: readonly Offer[]): Promise<void> {
  const unsure = trustMemory(context, set, offers);
  const visitors = await namedVisitors(context, set, offers);
  const likely = likelyConversations(context, offers) ?? [];
  const answers = await set.connection.queryAll([
    ...(unsure.length > 0 ? [knownOrdinals(context, unsure)] : []),
    ...(set.careful ? [knownMessages(context, offers)] : []),
    ...(visitors.length > 0 ? [visitorLock(context, visitors, lockedVisitorColumns)] : []),
    ...(likely.length > 0 ? [conversationLock(context, likely)] : []),
  ]);
  const ordinals = (unsure.length > 0 ? answers.shift() : []) as OrdinalRow[];
  for (const row of ordinals) set.ordinals.set(ordinalKey(row), row);
  for (const row of set.careful ? (answers.shift() as OrdinalRow[]) : ordinals)
    if (row.original === 1) set.messageIds.set(messageKey(row.tenant, row.sender, row.message_id), row);
  const visitorRows = (visitors.length > 0 ? answers.shift() : []) as LockedVisitor[];
  for (const row of visitorRows) set.visitors.set(`${row.tenant} ${row.public_id}`, row);
  for (const row of (answers.shift() ?? []) as ConversationRow[])
    set.conversations.set(`${row.tenant} ${row.number}`, row);
}

/**
 * Leaves the offers whose ordinals are to be read: all that do not simply follow what this process knows to be stored. An ordinal
 * that follows is new, or another gateway has stored it: then its key is a duplicate, and the next attempt reads everything.
 */
function trustMemory(context: StorageContext, set: WorkingSet, offers: readonly Offer[]): readonly Offer[] {
  if (set.careful) return offers;
  const last = new Map<string, number>();
  return offers.filter(({ request: { ordinal }, producer }) => {
    const known = context.storedOrdinals.get(producer);
    if (known === undefined || (last.get(producer) ?? known) !== ordinal - 1) return true;
    set.storedOrdinals.set(producer, known);
    last.set(producer, ordinal);
    return false;
  });
}

/** Whether the ordinal before the offered one is stored, or was offered in this batch and worked on already. */
export function followsStored(set: WorkingSet, { request, producer }: Offer): boolean {
  const before = request.ordinal - 1;
  return before <= (set.storedOrdinals.get(producer) ?? 0) || set.ordinals.has(`${producer} ${before}`);
}

/** What became of the offered ordinals and of those before them. */
function knownOrdinals({ dialect: { flags } }: StorageContext, offers: readonly Offer[]): Statement {
  const values: SqlValue[] = [];
  for (const { request } of offers) {
    const { tenant, producer, address, ordinal } = request;
    values.push(tenant, producer, address, ordinal - 1, ordinal);
  }
  const where = offers.map(() => "(tenant = ? AND producer = ? AND address = ? AND ordinal IN (?, ?))").join(" OR ");
  return { sql: `SELECT * FROM ordinals${flags.byIndex("PRIMARY")} WHERE ${where}`, values };
}

/** Messages that were offered under another producer before. */
function knownMessages({ dialect: { flags } }: StorageContext, offers: readonly Offer[]): Statement {
  const values: SqlValue[] = [];
  for (const { request } of offers) values.push(request.tenant, request.sender.id ?? "", request.messageId);
  const where = offers.map(() => "(tenant = ? AND sender = ? AND message_id = ? AND original = 1)").join(" OR ");
  return { sql: `SELECT * FROM ordinals${flags.byIndex("ordinals_by_message")} WHERE ${where}`, values };
}

/** Null: at least one offer's conversation is not known yet. */
function likelyConversations(context: StorageContext, offers: readonly Offer[]) {
  const likely = new Map<number, { tenant: number; value: number }>();
  for (const { request } of offers) {
    const { tenant, target } = request;
    if (target.type === "visit" || (target.type === "current" && target.again)) return null;
    const number =
      target.type === "log"
        ? context.conversationNumbers.get(`${tenant} ${target.conversation}`)
        : context.likelyConversations.get(`${tenant} ${target.visitor}`);
    if (number === undefined) return null;
    likely.set(number, { tenant, value: number });
  }
  return [...likely.values()];
}

/** Visitors whose conversation these offers may find or change. */
async function namedVisitors(context: StorageContext, set: WorkingSet, offers: readonly Offer[]) {
  const wanted = new Map<string, { tenant: number; value: string }>();
  for (const { request } of offers) {
    const { tenant, target } = request;
    let visitor = target.type === "log" ? undefined : target.visitor;
    // Reopening by hand makes it the visitor's current one again.
    if (target.type === "log" && request.change?.status === "open")
      visitor = (await findConversation(context, set.connection, tenant, target.conversation))?.visitor ?? undefined;
    if (visitor !== undefined) wanted.set(`${tenant} ${visitor}`, { tenant, value: visitor });
  }
  return [...wanted.values()];
}

/** Without those that are answered from what is stored, and those that come too early. */
function offersToStore(set: WorkingSet, offers: readonly Offer[]): Offer[] {
  const offered = new Set(offers.map(({ request }) => ordinalKey(request)));
  return offers.filter((offer) => {
    const { request, producer } = offer;
    if (set.ordinals.has(ordinalKey(request)) || request.tombstone !== undefined) return false;
    if (set.messageIds.has(messageKey(request.tenant, request.sender.id, request.messageId))) return false;
    return followsStored(set, offer) || offered.has(`${producer} ${request.ordinal - 1}`);
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
    if (target.type === "current" && target.again) named.push({ tenant, conversation: target.newConversation });
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

async function lockLinkedContacts(context: StorageContext, set: WorkingSet): Promise<void> {
  const linked = [...set.visitors.values()].flatMap(({ tenant, contact }) =>
    contact === null ? [] : [{ tenant, value: contact }],
  );
  for (const row of await lockContacts(context, set.connection, linked))
    set.contacts.set(`${row.tenant} ${row.public_id}`, row);
}

/** All conversations that the rows so far name, without those that are locked already. */
async function lockRemaining(context: StorageContext, set: WorkingSet): Promise<void> {
  const wanted = new Map<string, { tenant: number; value: number }>();
  const want = (tenant: number, value: number | null) => {
    const key = `${tenant} ${value}`;
    if (value !== null && !set.conversations.has(key)) wanted.set(key, { tenant, value });
  };
  for (const row of [...set.ordinals.values(), ...set.messageIds.values()]) want(row.tenant, row.conversation);
  for (const [key, number] of [...set.numbers, ...set.ofVisits]) want(Number.parseInt(key, 10), number);
  for (const row of [...set.visitors.values(), ...set.contacts.values()]) want(row.tenant, row.current_conversation);
  const rows = await lockConversations(context, set.connection, [...wanted.values()]);
  for (const row of rows) set.conversations.set(`${row.tenant} ${row.number}`, row);
}
