/** One append, on the rows in memory: nothing here touches the database but two rare looks at single rows. */
import type { StorageContext } from "../context.ts";
import { conversationRecord, epochOf } from "../conversations.ts";
import type { ConversationRow, OrdinalRow } from "../schema.ts";
import type { AppendExpectation, AppendResult } from "../storage.ts";
import { appendEvents } from "./append-events.ts";
import { changeConversation } from "./change-conversation.ts";
import { checkTargets } from "./edited-row.ts";
import { messageKey, type Offer, ordinalKey, producerKey } from "./offer.ts";
import { resolveTarget } from "./resolve-target.ts";
import { followsStored, type WorkingSet } from "./working-set.ts";

interface Refusal {
  readonly code: string;
  readonly by?: string | undefined;
  readonly conversation?: number | undefined;
}

export async function appendOne(context: StorageContext, set: WorkingSet, offer: Offer): Promise<AppendResult> {
  const { request } = offer;
  const known = set.ordinals.get(ordinalKey(request));
  if (known) return answerKnown(context, set, offer, known);
  if (!followsStored(set, offer)) return { outcome: "gap", expected: (await lastOrdinal(set, offer)) + 1 };
  const original = set.messageIds.get(messageKey(request.tenant, request.sender.id, request.messageId));
  if (original) return answerOriginal(context, set, offer, original);
  if (request.tombstone !== undefined) return refuse(set, offer, { code: request.tombstone });

  const resolved = resolveTarget(context, set, request);
  if (resolved === null) return refuse(set, offer, { code: "not-found" });
  const { row } = resolved;
  const violated =
    violation(row, resolved.created, request.expect) ??
    (await checkTargets(set, row, request.events, request.sender.side));
  if (violated) return refuse(set, offer, { ...violated, conversation: row.number });

  resolved.commit();
  if (request.target.type === "current" && row.contact === null)
    context.likelyConversations.set(`${request.tenant} ${request.target.visitor}`, row.number);
  const { events, named } = appendEvents(context, set, row, request, resolved.reopens);
  changeConversation(set, row, request);
  remember(set, offer, { conversation: row.number, log: named.log === "staff" ? 1 : 0, seq: named.event.seq });
  return {
    outcome: "stored",
    conversation: row.public_id,
    log: named.log,
    epoch: epochOf(context, row),
    seq: named.event.seq,
    at: request.at,
    publicHead: row.public_head,
    staffHead: row.staff_head,
    events,
    created: resolved.created,
    state: conversationRecord(context, row),
  };
}

function violation(row: ConversationRow, created: boolean, expect: AppendExpectation | undefined): Refusal | null {
  if (created || expect === undefined) return null;
  if (expect.status === "open" && row.status !== "open") return { code: "closed" };
  if (expect.status === "invited-or-open" && row.status === "closed") return { code: "closed" };
  if (expect.assignee === undefined || row.assignee === null || row.assignee === expect.assignee) return null;
  return { code: "taken", by: row.assignee };
}

/** The ordinal came before: whatever was answered then is answered again, for ever. */
function answerKnown(
  context: StorageContext,
  set: WorkingSet,
  { request, hash }: Offer,
  known: OrdinalRow,
): AppendResult {
  if (known.message_id !== request.messageId || known.sender !== (request.sender.id ?? ""))
    return { outcome: "mismatch" };
  if (known.code !== null) return refused(known);
  // A refusal of what is stored already (a right was taken away in between) changes nothing; it names no body to compare.
  if (request.tombstone === undefined && !equalBytes(known.hash, hash)) return { outcome: "mismatch" };
  return duplicate(context, set, known);
}

/**
 * The message came before, under another producer: this ordinal stands for the same row from now on. Its text may be another one:
 * after a restore a client offers what it holds, which may have been edited since.
 */
function answerOriginal(context: StorageContext, set: WorkingSet, offer: Offer, original: OrdinalRow): AppendResult {
  const { tenant, producer, address, ordinal } = offer.request;
  const alias: OrdinalRow = { ...original, tenant, producer, address, ordinal, hash: offer.hash, original: null };
  set.newOrdinals.push(alias);
  set.ordinals.set(ordinalKey(alias), alias);
  return original.code !== null ? refused(original) : duplicate(context, set, original);
}

function duplicate(context: StorageContext, set: WorkingSet, known: OrdinalRow): AppendResult {
  const row = set.conversations.get(`${known.tenant} ${known.conversation}`);
  if (!row) return { outcome: "refused", code: "not-found" }; // erased since
  return {
    outcome: "duplicate",
    conversation: row.public_id,
    log: known.log === 1 ? "staff" : "public",
    epoch: epochOf(context, row),
    seq: known.seq,
    at: known.at,
    publicHead: row.public_head,
    staffHead: row.staff_head,
    events: [],
    created: false,
    state: conversationRecord(context, row),
  };
}

function refused({ code, winner }: OrdinalRow): AppendResult {
  return { outcome: "refused", code: code ?? "", ...(winner === null ? {} : { by: winner }) };
}

/** For good: the ordinal is consumed, so that the next one can follow. */
function refuse(set: WorkingSet, offer: Offer, refusal: Refusal): AppendResult {
  const { code, by, conversation } = refusal;
  return refused(
    remember(set, offer, { conversation: conversation ?? null, log: 0, seq: 0, code, winner: by ?? null }),
  );
}

function remember(
  set: WorkingSet,
  { request, hash }: Offer,
  outcome: Pick<OrdinalRow, "conversation" | "log" | "seq"> & Partial<Pick<OrdinalRow, "code" | "winner">>,
): OrdinalRow {
  const row: OrdinalRow = {
    tenant: request.tenant,
    producer: request.producer,
    address: request.address,
    ordinal: request.ordinal,
    sender: request.sender.id ?? "",
    message_id: request.messageId,
    original: 1,
    hash,
    at: request.at,
    code: null,
    winner: null,
    ...outcome,
  };
  set.newOrdinals.push(row);
  set.ordinals.set(ordinalKey(row), row);
  set.messageIds.set(messageKey(row.tenant, row.sender, row.message_id), row);
  return row;
}

async function lastOrdinal(set: WorkingSet, offer: Offer): Promise<number> {
  const { tenant, producer, address } = offer.request;
  const [stored] = await set.connection.query<{ ordinal: number }>(
    "SELECT ordinal FROM ordinals WHERE tenant = ? AND producer = ? AND address = ? ORDER BY ordinal DESC LIMIT 1",
    [tenant, producer, address],
  );
  const inBatch = set.newOrdinals.filter((row) => producerKey(row) === offer.producer).map((row) => row.ordinal);
  return Math.max(0, stored?.ordinal ?? 0, ...inBatch);
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
