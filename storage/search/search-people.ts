/** People by name, e-mail, external id or attribute: the newest seen first, compared in this program. */
import type { StorageContext } from "../context.ts";
import type { Connection } from "../dialects/dialect.ts";
import { findContact, visitorRecord } from "../person-rows.ts";
import type { VisitorRow } from "../schema.ts";
import { rowsOf } from "../statements.ts";
import type { SearchRequest, SearchResult } from "../storage.ts";
import { reading } from "../transaction.ts";
import { foldText } from "./fold-text.ts";
import { matches } from "./terms.ts";

type Person = SearchResult["people"][number];

const maxScannedVisitors = 20_000;
const visitorsPerSlice = 1000;
const maxPeople = 20;

export async function searchPeople(
  context: StorageContext,
  request: SearchRequest,
  terms: readonly string[],
  isOver: () => boolean,
): Promise<{ found: Person[]; partial: boolean }> {
  const found: Person[] = [];
  let before = { lastSeenAt: Number.MAX_SAFE_INTEGER, number: Number.MAX_SAFE_INTEGER };
  for (let scanned = 0; scanned < maxScannedVisitors; scanned += visitorsPerSlice) {
    const rows = await reading(context.dialect, (connection) => readSlice(context, connection, request, before));
    for (const row of rows) {
      if (!matches(row.search_text, terms)) continue;
      found.push(await reading(context.dialect, (connection) => personOf(context, connection, row, terms)));
      if (found.length >= maxPeople) return { found, partial: false };
    }
    const last = rows[rows.length - 1];
    if (!last || rows.length < visitorsPerSlice) return { found, partial: false };
    before = { lastSeenAt: last.last_seen_at, number: last.number };
    if (isOver()) break;
    await context.dialect.pause();
  }
  return { found, partial: true };
}

function readSlice(
  { dialect }: StorageContext,
  connection: Connection,
  { tenant, sites }: SearchRequest,
  { lastSeenAt, number }: { lastSeenAt: number; number: number },
): Promise<VisitorRow[]> {
  let query = dialect.sql
    .selectFrom("visitors")
    .selectAll()
    .where("tenant", "=", tenant)
    .where("last_seen_at", "<=", lastSeenAt)
    .where((or) => or.or([or("last_seen_at", "<", lastSeenAt), or("number", "<", number)]))
    .orderBy("last_seen_at", "desc")
    .orderBy("number", "desc")
    .limit(visitorsPerSlice);
  if (sites.length > 0) query = query.where("site", "in", sites);
  return rowsOf(connection, query);
}

async function personOf(
  context: StorageContext,
  connection: Connection,
  row: VisitorRow,
  terms: readonly string[],
): Promise<Person> {
  const contact = await findContact(connection, row.tenant, row.contact);
  const visitor = visitorRecord(row, contact);
  return {
    visitor: visitor.id,
    name: visitor.name,
    email: visitor.email,
    verified: visitor.verified,
    conversation: await newestConversation(context, connection, row),
    lastSeenAt: visitor.lastSeenAt,
    matched: matchedPart(visitor, terms),
  };
}

/** The first of name, e-mail, external id and attributes in which a term occurs. */
function matchedPart(visitor: ReturnType<typeof visitorRecord>, terms: readonly string[]): string {
  const attributes = Object.entries(visitor.attributes).map(([name, value]) => `${name}: ${value}`);
  const parts = [visitor.name, visitor.email, visitor.externalId, ...attributes];
  return parts.find((part) => part !== null && terms.some((term) => foldText(part).includes(term))) ?? "";
}

async function newestConversation(
  { dialect }: StorageContext,
  connection: Connection,
  row: VisitorRow,
): Promise<string | null> {
  const query = dialect.sql
    .selectFrom("conversations")
    .select("public_id")
    .where("tenant", "=", row.tenant)
    .orderBy("number", "desc")
    .limit(1);
  const [newest] = await rowsOf(
    connection,
    row.contact === null ? query.where("visitor", "=", row.public_id) : query.where("contact", "=", row.contact),
  );
  return newest?.public_id ?? null;
}
