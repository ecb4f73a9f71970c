/** Visitors (a device or browser) and contacts (a person that a site vouches for). */

import { visitorColumns } from "./columns.ts";
import type { StorageContext } from "./context.ts";
import { conversationRecord, lockConversations, writeConversations } from "./conversations.ts";
import type { Connection } from "./dialects/dialect.ts";
import { isIdentifier } from "./identifiers.ts";
import {
  applyProfile,
  findContact,
  findContactByIdentity,
  findVisitors,
  lockContactByIdentity,
  lockVisitors,
  namePerson,
  newVisitor,
  searchTextOf,
  visitorRecord,
  writeContacts,
  writeVisitors,
} from "./person-rows.ts";
import type { ConversationRecord, VisitorRecord } from "./records.ts";
import type { ContactRow, ConversationRow, VisitorRow } from "./schema.ts";
import { insertRows, rowsOf } from "./statements.ts";
import type { VisitorProfile } from "./storage.ts";
import { inTransaction, reading } from "./transaction.ts";

const maxOwnConversations = 1000;

export function peopleOperations(context: StorageContext) {
  const { dialect } = context;

  /** Changes a visitor under its lock; it is created if it is not stored yet. */
  const changeVisitor = async <T>(
    tenant: number,
    visitor: string,
    create: (connection: Connection) => Promise<VisitorRow>,
    change: (connection: Connection, row: VisitorRow) => Promise<T>,
  ): Promise<T> => {
    if (!isIdentifier(visitor)) throw new RangeError("the visitor's id is malformed");
    return inTransaction(dialect, "rest", false, async (connection) => {
      const [stored] = await lockVisitors(context, connection, [{ tenant, value: visitor }]);
      return change(connection, stored ?? (await create(connection)));
    });
  };

  return {
    async visitor(tenant: number, visitor: string): Promise<VisitorRecord | null> {
      if (!isIdentifier(visitor)) return null;
      return reading(dialect, (connection) => findVisitorRecord(connection, tenant, visitor));
    },

    async saveVisitor(
      tenant: number,
      site: number,
      visitor: string,
      profile: VisitorProfile,
      at: number,
    ): Promise<VisitorRecord> {
      const create = (connection: Connection) => beginVisitor(context, connection, tenant, site, visitor, at);
      return changeVisitor(tenant, visitor, create, async (connection, row) => {
        const contact = await findContact(connection, tenant, row.contact);
        applyProfile(row, profile);
        row.search_text = searchTextOf(row, contact);
        row.last_seen_at = Math.max(row.last_seen_at, at);
        await writeVisitors(context, connection, [row]);
        await nameConversations(context, connection, await ownConversations(context, connection, row), row, contact);
        return visitorRecord(row, contact);
      });
    },

    async linkContact(
      tenant: number,
      site: number,
      visitor: string,
      identity: { externalId: string; name?: string; email?: string },
      at: number,
      unstored: "begin" | "person" = "begin",
    ): Promise<{ outcome: "linked"; contact: string; visitor: string } | { outcome: "conflict" }> {
      const create = (connection: Connection) =>
        unstored === "person"
          ? personRow(context, connection, tenant, site, identity.externalId, at)
          : beginVisitor(context, connection, tenant, site, visitor, at);
      return changeVisitor(tenant, visitor, create, async (connection, row) => {
        const contact = await lockContactByIdentity(context, connection, tenant, site, identity.externalId, at);
        if (row.contact !== null && row.contact !== contact.public_id) return { outcome: "conflict" };
        const linked = { outcome: "linked", contact: contact.public_id, visitor: row.public_id } as const;
        const { name = contact.name, email = contact.email } = identity;
        if (row.contact !== null && name === contact.name && email === contact.email) return linked;
        contact.name = name;
        contact.email = email;
        const own = await ownConversations(context, connection, row);
        if (row.contact === null) contact.current_conversation = newerCurrent(own, row, contact);
        row.contact = contact.public_id;
        row.search_text = searchTextOf(row, contact);
        await writeContacts(context, connection, [contact]);
        await writeVisitors(context, connection, [row]);
        await nameConversations(context, connection, await ownConversations(context, connection, row), row, contact);
        return linked;
      });
    },

    async revokeVisitor(tenant: number, visitor: string): Promise<number> {
      if (!isIdentifier(visitor)) return 0;
      return inTransaction(dialect, "rest", false, async (connection) => {
        const [row] = await lockVisitors(context, connection, [{ tenant, value: visitor }]);
        if (!row) return 0;
        row.revocation += 1;
        await writeVisitors(context, connection, [row]);
        return row.revocation;
      });
    },

    async visitorConversations(tenant: number, visitor: string, limit: number): Promise<ConversationRecord[]> {
      if (!isIdentifier(visitor)) return [];
      return reading(dialect, async (connection) => {
        const [row] = await findVisitors(connection, [{ tenant, value: visitor }]);
        if (!row) return [];
        const rows = await conversationsOfPerson(context, connection, row, limit);
        return rows.map((conversation) => conversationRecord(context, conversation));
      });
    },

    async thread(tenant: number, visitor: string, limit: number) {
      if (!isIdentifier(visitor)) return { visitor: null, conversations: [] };
      return reading(dialect, async (connection) => {
        const [row] = await findVisitors(connection, [{ tenant, value: visitor }]);
        if (!row) return { visitor: null, conversations: [] };
        const contact = await findContact(connection, tenant, row.contact);
        const conversations = await conversationsOfPerson(context, connection, row, limit);
        return {
          visitor: visitorRecord(row, contact),
          conversations: conversations.map((conversation) => conversationRecord(context, conversation)),
        };
      });
    },
  };
}

async function beginVisitor(
  context: StorageContext,
  connection: Connection,
  tenant: number,
  site: number,
  visitor: string,
  at: number,
): Promise<VisitorRow> {
  const row = newVisitor(context, tenant, site, visitor, {}, at);
  await insertRows(connection, "visitors", visitorColumns, [row]);
  return row;
}

/** Stands for every visitor of this person that is not stored; looked for before the contact is locked, as visitors always are. */
async function personRow(
  context: StorageContext,
  connection: Connection,
  tenant: number,
  site: number,
  externalId: string,
  at: number,
): Promise<VisitorRow> {
  const known = await findContactByIdentity(connection, tenant, site, externalId);
  const [stored] = known === null ? [] : await lockVisitors(context, connection, [{ tenant, value: known.public_id }]);
  if (stored) return stored;
  const contact = await lockContactByIdentity(context, connection, tenant, site, externalId, at);
  return beginVisitor(context, connection, tenant, site, contact.public_id, at);
}

/** Newest first, without those that are only invited. */
async function conversationsOfPerson(
  { dialect }: StorageContext,
  connection: Connection,
  row: VisitorRow,
  limit: number,
): Promise<ConversationRow[]> {
  const [column, value] = row.contact === null ? ["visitor", row.public_id] : ["contact", row.contact];
  const index = dialect.flags.byIndex(`conversations_by_${column}`);
  return connection.query<ConversationRow>(
    `SELECT * FROM conversations${index} WHERE tenant = ? AND ${column} = ? AND status != 'invited' ORDER BY number DESC LIMIT ?`,
    [row.tenant, value, limit],
  );
}

async function findVisitorRecord(
  connection: Connection,
  tenant: number,
  visitor: string,
): Promise<VisitorRecord | null> {
  const [row] = await findVisitors(connection, [{ tenant, value: visitor }]);
  return row ? visitorRecord(row, await findContact(connection, tenant, row.contact)) : null;
}

/** The contact keeps an open conversation rather than a closed one, and the newer of two. */
function newerCurrent(own: readonly ConversationRow[], visitor: VisitorRow, contact: ContactRow): number | null {
  const ofVisitor = visitor.current_conversation;
  const ofContact = contact.current_conversation;
  if (ofVisitor === null || ofContact === null) return ofVisitor ?? ofContact;
  const mine = own.find((row) => row.number === ofVisitor);
  return mine?.status === "open" ? ofVisitor : ofContact;
}

/** Those that this visitor began, locked. */
async function ownConversations(
  context: StorageContext,
  connection: Connection,
  visitor: VisitorRow,
): Promise<ConversationRow[]> {
  const numbers = await rowsOf(
    connection,
    context.dialect.sql
      .selectFrom("conversations")
      .select("number")
      .where("tenant", "=", visitor.tenant)
      .where("visitor", "=", visitor.public_id)
      .orderBy("number", "desc")
      .limit(maxOwnConversations),
  );
  return lockConversations(
    context,
    connection,
    numbers.map(({ number }) => ({ tenant: visitor.tenant, value: number })),
  );
}

/** Lists show a conversation with the person's name from its own row. */
async function nameConversations(
  context: StorageContext,
  connection: Connection,
  conversations: readonly ConversationRow[],
  visitor: VisitorRow,
  contact: ContactRow | null,
): Promise<void> {
  for (const row of conversations) namePerson(row, visitor, contact);
  await writeConversations(context, connection, conversations);
}
