import type { StorageContext } from "../context.ts";
import { writeConversations } from "../conversations.ts";
import { writeContacts, writeCurrentConversations } from "../person-rows.ts";
import { conversationColumns, type DirtyRow, type MessageRow, messageColumns, ordinalColumns } from "../schema.ts";
import { insertRows, upsertRows } from "../statements.ts";
import type { WorkingSet } from "./working-set.ts";

const messageKeys = ["tenant", "conversation", "log", "seq"] as const;
const dirtyColumns = ["consumer", "tenant", "conversation", "log", "done", "head", "dirty_since"] as const;

/** One multi-row statement for each table that changes. */
export async function writeWorkingSet(context: StorageContext, set: WorkingSet): Promise<void> {
  const { connection } = set;
  const { flags } = context.dialect;
  await writeCurrentConversations(connection, set.changedVisitors);
  if (set.changedContacts.size > 0) await writeContacts(context, connection, [...set.changedContacts]);
  await insertRows(connection, "conversations", conversationColumns, [...set.newConversations]);
  await insertRows(connection, "messages", messageColumns, set.newMessages);
  await insertRows(connection, "ordinals", ordinalColumns, set.newOrdinals);
  if (set.changedMessages.size > 0)
    await upsertRows(connection, flags, "messages", messageKeys, messageColumns, [...set.changedMessages]);
  await writeConversations(context, connection, [...set.changedConversations]);
  await markDirty(context, set);
}

/** Every consumer learns which logs have moved; rows in the order of their keys, like locks. */
async function markDirty(context: StorageContext, set: WorkingSet): Promise<void> {
  const newest = new Map<string, MessageRow>();
  for (const row of set.newMessages) newest.set(`${row.tenant} ${row.conversation} ${row.log}`, row);
  const logs = [...newest.values()].sort(
    (a, b) => a.tenant - b.tenant || a.conversation - b.conversation || a.log - b.log,
  );
  const marks: DirtyRow[] = context.consumers.flatMap((consumer) =>
    logs.map(({ tenant, conversation, log, seq, at }) => ({
      consumer,
      tenant,
      conversation,
      log,
      done: 0,
      head: seq,
      dirty_since: Math.max(1, at),
    })),
  );
  await upsertRows(
    set.connection,
    context.dialect.flags,
    "dirty_logs",
    ["consumer", "tenant", "conversation", "log"],
    dirtyColumns,
    marks,
    {
      done: (_incoming, stored) => stored,
      // The mark keeps its age until it is cleared.
      dirty_since: (incoming, stored) => `CASE WHEN ${stored} = 0 THEN ${incoming} ELSE ${stored} END`,
    },
  );
}
