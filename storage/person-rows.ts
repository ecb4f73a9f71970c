/** Rows of visitors and contacts: found, locked, made and written. Visitors are always locked before contacts, contacts before conversations. */
import { createHash } from "node:crypto";
import type { Attributes } from "../protocol/frames.ts";
import { maxAttributes } from "../protocol/limits.ts";
import { contactColumns, visitorColumns } from "./columns.ts";
import type { StorageContext } from "./context.ts";
import type { Connection, Statement } from "./dialects/dialect.ts";
import type { VisitorRecord } from "./records.ts";
import type { ContactRow, ConversationRow, VisitorRow } from "./schema.ts";
import { foldText } from "./search/fold-text.ts";
import { insertRows, upsertRows, whereTenantAndIn } from "./statements.ts";
import type { VisitorProfile } from "./storage.ts";

export function findVisitors(
  connection: Connection,
  wanted: readonly { tenant: number; value: string }[],
): Promise<VisitorRow[]> {
  const where = whereTenantAndIn("public_id", wanted);
  return connection.query<VisitorRow>(`SELECT * FROM visitors WHERE ${where.text}`, where.values);
}

export async function lockVisitors(
  context: StorageContext,
  connection: Connection,
  wanted: readonly { tenant: number; value: string }[],
): Promise<VisitorRow[]> {
  if (wanted.length === 0) return [];
  const { sql, values } = visitorLock(context, wanted, visitorColumns);
  return connection.query<VisitorRow>(sql, values);
}

/** What an append reads of a visitor: without attributes, which may be long. */
export const lockedVisitorColumns = [
  "tenant",
  "number",
  "public_id",
  "contact",
  "name",
  "email",
  "current_conversation",
] as const satisfies readonly (keyof VisitorRow)[];
export type LockedVisitor = Pick<VisitorRow, (typeof lockedVisitorColumns)[number]>;

export function visitorLock(
  { dialect: { flags } }: StorageContext,
  wanted: readonly { tenant: number; value: string }[],
  columns: readonly (keyof VisitorRow)[],
): Statement {
  const where = whereTenantAndIn("public_id", [...wanted].sort(byTenantAndId));
  const index = flags.byIndex("visitors_by_public_id");
  return {
    sql: `SELECT ${columns.join(", ")} FROM visitors${index} WHERE ${where.text} ORDER BY tenant, public_id${flags.lockRows}`,
    values: where.values,
  };
}

export async function lockContacts(
  { dialect: { flags } }: StorageContext,
  connection: Connection,
  wanted: readonly { tenant: number; value: string }[],
): Promise<ContactRow[]> {
  if (wanted.length === 0) return [];
  const where = whereTenantAndIn("public_id", [...wanted].sort(byTenantAndId));
  return connection.query<ContactRow>(
    `SELECT * FROM contacts WHERE ${where.text} ORDER BY tenant, public_id${flags.lockRows}`,
    where.values,
  );
}

function byTenantAndId(a: { tenant: number; value: string }, b: { tenant: number; value: string }): number {
  return a.tenant - b.tenant || (a.value < b.value ? -1 : a.value > b.value ? 1 : 0);
}

export async function findContact(
  connection: Connection,
  tenant: number,
  contact: string | null,
): Promise<ContactRow | null> {
  if (contact === null) return null;
  const [row] = await connection.query<ContactRow>("SELECT * FROM contacts WHERE tenant = ? AND public_id = ?", [
    tenant,
    contact,
  ]);
  return row ?? null;
}

export async function findContactByIdentity(
  connection: Connection,
  tenant: number,
  site: number,
  externalId: string,
): Promise<ContactRow | null> {
  const [row] = await connection.query<ContactRow>(contactByIdentity, [tenant, site, externalKeyOf(externalId)]);
  return row ?? null;
}

const contactByIdentity = "SELECT * FROM contacts WHERE tenant = ? AND site = ? AND external_key = ?";

function externalKeyOf(externalId: string): string {
  return createHash("sha256").update(externalId).digest("base64url");
}

export async function lockContactByIdentity(
  context: StorageContext,
  connection: Connection,
  tenant: number,
  site: number,
  externalId: string,
  at: number,
): Promise<ContactRow> {
  const externalKey = externalKeyOf(externalId);
  const [stored] = await connection.query<ContactRow>(`${contactByIdentity}${context.dialect.flags.lockRows}`, [
    tenant,
    site,
    externalKey,
  ]);
  if (stored) return stored;
  const row: ContactRow = {
    tenant,
    number: context.newNumber(at),
    public_id: context.newId(),
    site,
    external_id: externalId,
    external_key: externalKey,
    name: null,
    email: null,
    current_conversation: null,
    created_at: at,
  };
  await insertRows(connection, "contacts", contactColumns, [row]);
  return row;
}

export function namePerson(row: ConversationRow, visitor: LockedVisitor, contact: ContactRow | null): void {
  row.contact = visitor.contact;
  const shown = shownPerson(visitor, contact);
  row.name = shown.name;
  row.email = shown.email;
  row.verified = shown.verified ? 1 : 0;
}

/**
 * What stands beside a "verified" was signed: a contact's own name and e-mail, never mixed with what the page passed. Where the
 * signature covers the id alone (SPEC R6.3), a passed name is shown without it.
 */
function shownPerson(
  { name, email }: LockedVisitor,
  contact: ContactRow | null,
): { name: string | null; email: string | null; verified: boolean } {
  if (contact !== null && (contact.name !== null || contact.email !== null))
    return { name: contact.name, email: contact.email, verified: true };
  return { name, email, verified: contact !== null && name === null && email === null };
}

export async function writeVisitors(
  { dialect: { flags } }: StorageContext,
  connection: Connection,
  rows: readonly VisitorRow[],
): Promise<void> {
  await upsertRows(connection, flags, "visitors", ["tenant", "number"], visitorColumns, rows);
}

/** Of rows that this transaction has locked. Each by its key: how many there are is how many conversations begin. */
export async function writeCurrentConversations(
  connection: Connection,
  visitors: Iterable<LockedVisitor>,
): Promise<void> {
  for (const { tenant, number, current_conversation } of visitors)
    await connection.defer("UPDATE visitors SET current_conversation = ? WHERE tenant = ? AND number = ?", [
      current_conversation,
      tenant,
      number,
    ]);
}

export async function writeContacts(
  { dialect: { flags } }: StorageContext,
  connection: Connection,
  rows: readonly ContactRow[],
): Promise<void> {
  await upsertRows(connection, flags, "contacts", ["tenant", "number"], contactColumns, rows);
}

export function newVisitor(
  context: StorageContext,
  tenant: number,
  site: number,
  visitor: string,
  profile: VisitorProfile,
  at: number,
): VisitorRow {
  const row: VisitorRow = {
    tenant,
    number: context.newNumber(at),
    public_id: visitor,
    site,
    contact: null,
    revocation: 0,
    name: null,
    email: null,
    locale: null,
    time_zone: null,
    attributes: "{}",
    search_text: "",
    first_seen_at: at,
    last_seen_at: at,
    visits: 0,
    current_conversation: null,
  };
  applyProfile(row, profile);
  row.search_text = searchTextOf(row, null);
  return row;
}

export function applyProfile(row: VisitorRow, profile: VisitorProfile): void {
  if (profile.name !== undefined) row.name = profile.name;
  if (profile.email !== undefined) row.email = profile.email;
  if (profile.locale !== undefined) row.locale = profile.locale;
  if (profile.timeZone !== undefined) row.time_zone = profile.timeZone;
  if (profile.attributes !== undefined) row.attributes = mergeAttributes(row.attributes, profile.attributes);
}

function mergeAttributes(stored: string, change: Attributes): string {
  const merged = new Map(Object.entries(JSON.parse(stored) as Attributes));
  for (const [name, value] of Object.entries(change)) {
    if (value === null) merged.delete(name);
    else {
      merged.delete(name);
      merged.set(name, value);
    }
  }
  // The row is read with every message of this visitor: what a page says over the years must not make it grow.
  const tooMany = [...merged.keys()].slice(0, Math.max(0, merged.size - maxAttributes));
  for (const name of tooMany) merged.delete(name);
  return JSON.stringify(Object.fromEntries(merged));
}

export function searchTextOf(row: VisitorRow, contact: ContactRow | null): string {
  const attributes = Object.entries(JSON.parse(row.attributes) as Attributes);
  const parts = [row.name, row.email, contact?.name, contact?.email, contact?.external_id];
  for (const [name, value] of attributes) parts.push(`${name}: ${value}`);
  return foldText(parts.filter((part) => part).join("\n"));
}

export function visitorRecord(row: VisitorRow, contact: ContactRow | null): VisitorRecord {
  return {
    id: row.public_id,
    site: row.site,
    contact: row.contact,
    revocation: row.revocation,
    ...shownPerson(row, contact),
    externalId: contact?.external_id ?? null,
    locale: row.locale,
    timeZone: row.time_zone,
    attributes: JSON.parse(row.attributes) as Attributes,
    firstSeenAt: row.first_seen_at,
    lastSeenAt: row.last_seen_at,
    visits: row.visits,
  };
}
