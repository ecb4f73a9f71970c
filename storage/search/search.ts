/**
 * Search, plain and bounded: reads backwards from the newest activity and compares in this program, so that every script and every
 * engine answers alike. An index may later answer what a bounded look backwards cannot; the port stays.
 */
import type { StorageContext } from "../context.ts";
import type { Connection } from "../dialects/dialect.ts";
import { decodeBody } from "../message-body.ts";
import type { ConversationRow, MessageRow } from "../schema.ts";
import { rowsOf } from "../statements.ts";
import type { SearchRequest, SearchResult } from "../storage.ts";
import { reading } from "../transaction.ts";
import { foldText } from "./fold-text.ts";
import { searchPeople } from "./search-people.ts";
import { matches, termsOf } from "./terms.ts";

/** What one search looks at before it answers `partial`. */
export const maxScannedMessages = 20_000;
const conversationsPerSlice = 50;
const messagesPerSlice = 1000;
const beyondAll = Number.MAX_SAFE_INTEGER;

/** Where a page ended: the conversation in the order of activity, and within it the log and seq. */
interface Position {
  lastAt: number;
  number: number;
  log: number;
  seq: number;
}

type Hit = SearchResult["hits"][number];

export function searchOperations(context: StorageContext) {
  return {
    async search(request: SearchRequest): Promise<SearchResult> {
      const terms = termsOf(request.text);
      if (terms.length === 0) return { hits: [], people: [], next: null, partial: false };
      const isOver = timeOf(context, request);
      const people =
        request.before === undefined
          ? await searchPeople(context, request, terms, isOver)
          : { found: [], partial: false };
      const messages = await scanMessages(context, request, terms, isOver);
      return {
        hits: messages.hits,
        people: people.found,
        next: messages.next,
        partial: messages.partial || people.partial,
      };
    },
  };
}

/** Whether the time of this search is used up. */
function timeOf({ now }: StorageContext, { withinMs = Number.POSITIVE_INFINITY }: SearchRequest): () => boolean {
  const startedAt = now();
  return () => now() - startedAt >= withinMs;
}

async function scanMessages(
  context: StorageContext,
  request: SearchRequest,
  terms: readonly string[],
  isOver: () => boolean,
): Promise<{ hits: Hit[]; next: string | null; partial: boolean }> {
  const hits: Hit[] = [];
  let position = parsePosition(request.before) ?? { lastAt: beyondAll, number: beyondAll, log: 1, seq: 0 };
  let scanned = 0;
  while (scanned === 0 || (scanned < maxScannedMessages && !isOver())) {
    const slice = await reading(context.dialect, (connection) => readSlice(context, connection, request, position));
    for (const { message, conversation } of slice.messages) {
      const text = textOf(message);
      position = { ...keyOf(conversation), log: message.log, seq: message.seq };
      if (!matches(foldText(text), terms)) continue;
      hits.push(hitOf(message, conversation, text));
      if (hits.length >= request.limit) return { hits, next: formatPosition(position), partial: false };
    }
    scanned += slice.messages.length + 1;
    if (slice.end === null) return { hits, next: null, partial: false };
    position = slice.end;
    await context.dialect.pause();
  }
  return { hits, next: formatPosition(position), partial: true };
}

/** The next messages after `position`, newest conversation first, newest message first; `end` null: there is nothing more. */
async function readSlice(
  context: StorageContext,
  connection: Connection,
  request: SearchRequest,
  position: Position,
): Promise<{ messages: { message: MessageRow; conversation: ConversationRow }[]; end: Position | null }> {
  // A conversation that a page ended in goes on where it was left.
  const rest = position.seq > 0 ? await readConversation(context, connection, request.tenant, position) : null;
  if (rest && rest.messages.length > 0) return rest;
  const conversations = await nextConversations(context, connection, request, position);
  const [first] = conversations;
  if (!first) return { messages: [], end: null };
  const whole = fittingOf(conversations);
  if (whole.length === 0) {
    const begin = { ...keyOf(first), log: 1, seq: beyondAll };
    const part = await readConversation(context, connection, request.tenant, begin);
    return part ?? { messages: [], end: { ...keyOf(first), log: 0, seq: 0 } };
  }
  const rows = await rowsOf(
    connection,
    textsOf(context, request.tenant).where(
      "conversation",
      "in",
      whole.map(({ number }) => number),
    ),
  );
  const messages = whole.flatMap((conversation) =>
    rows
      .filter((message) => message.conversation === conversation.number)
      .sort(newestFirst)
      .map((message) => ({ message, conversation })),
  );
  return { messages, end: { ...keyOf(whole[whole.length - 1] ?? first), log: 0, seq: 0 } };
}

/** Messages before a position within one conversation: the staff log, then the public one, each newest first. */
async function readConversation(context: StorageContext, connection: Connection, tenant: number, position: Position) {
  const [conversation] = await rowsOf(
    connection,
    context.dialect.sql
      .selectFrom("conversations")
      .selectAll()
      .where("tenant", "=", tenant)
      .where("number", "=", position.number),
  );
  if (!conversation) return null;
  const messages: { message: MessageRow; conversation: ConversationRow }[] = [];
  for (let log = position.log; log >= 0 && messages.length < messagesPerSlice; log -= 1) {
    const rows = await rowsOf(
      connection,
      textsOf(context, tenant)
        .where("conversation", "=", position.number)
        .where("log", "=", log)
        .where("seq", "<", log === position.log ? position.seq : beyondAll)
        .orderBy("seq", "desc")
        .limit(messagesPerSlice - messages.length),
    );
    messages.push(...rows.map((message) => ({ message, conversation })));
  }
  const last = messages[messages.length - 1]?.message;
  // The place in the order of activity is kept, also where the conversation has moved since.
  const key = { lastAt: position.lastAt, number: position.number };
  return { messages, end: last ? { ...key, log: last.log, seq: last.seq } : { ...key, log: 0, seq: 0 } };
}

function textsOf({ dialect }: StorageContext, tenant: number) {
  return dialect.sql
    .selectFrom("messages")
    .selectAll()
    .where("tenant", "=", tenant)
    .where("kind", "in", ["text", "note"])
    .where("deleted_at", "is", null);
}

/** The next conversations by activity; one range of the index for each status, merged. */
async function nextConversations(
  { dialect }: StorageContext,
  connection: Connection,
  { tenant, sites }: SearchRequest,
  { lastAt, number }: Position,
): Promise<ConversationRow[]> {
  const found: ConversationRow[] = [];
  for (const status of ["open", "closed", "invited"] as const) {
    let query = dialect.sql
      .selectFrom("conversations")
      .selectAll()
      .where("tenant", "=", tenant)
      .where("status", "=", status)
      .where("last_at", "<=", lastAt)
      .where((or) => or.or([or("last_at", "<", lastAt), or("number", "<", number)]))
      .orderBy("last_at", "desc")
      .orderBy("number", "desc")
      .limit(conversationsPerSlice);
    if (sites.length > 0) query = query.where("site", "in", sites);
    found.push(...(await rowsOf(connection, query)));
  }
  return found.sort((a, b) => b.last_at - a.last_at || b.number - a.number).slice(0, conversationsPerSlice);
}

/** The first ones whose messages fit into a slice together; none if the first alone is larger. */
function fittingOf(conversations: readonly ConversationRow[]): ConversationRow[] {
  const fitting: ConversationRow[] = [];
  let messages = 0;
  for (const row of conversations) {
    messages += row.public_head + row.staff_head;
    if (messages > messagesPerSlice) break;
    fitting.push(row);
  }
  return fitting;
}

function newestFirst(a: MessageRow, b: MessageRow): number {
  return b.log - a.log || b.seq - a.seq;
}

function keyOf(row: ConversationRow): { lastAt: number; number: number } {
  return { lastAt: row.last_at, number: row.number };
}

function textOf(message: MessageRow): string {
  const body = decodeBody(message);
  return "text" in body ? body.text : "";
}

function hitOf(message: MessageRow, conversation: ConversationRow, text: string): Hit {
  return {
    conversation: conversation.public_id,
    log: message.log === 1 ? "staff" : "public",
    seq: message.seq,
    at: message.at,
    text,
    sender: message.side,
    name: conversation.name,
  };
}

function formatPosition({ lastAt, number, log, seq }: Position): string {
  return `${lastAt}.${number}.${log}.${seq}`;
}

/** Null: none was given, or it is not one of ours. */
function parsePosition(text: string | undefined): Position | null {
  const numbers = text?.split(".").map(Number) ?? [];
  if (numbers.length !== 4 || !numbers.every((part) => Number.isSafeInteger(part) && part >= 0)) return null;
  const [lastAt = 0, number = 0, log = 0, seq = 0] = numbers;
  return { lastAt, number, log: Math.min(1, log), seq };
}
