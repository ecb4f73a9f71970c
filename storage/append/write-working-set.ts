import { conversationColumns, messageColumns, ordinalColumns } from "../columns.ts";
import type { StorageContext } from "../context.ts";
import { changeConversations } from "../conversations.ts";
import { writeContacts, writeCurrentConversations } from "../person-rows.ts";
import type { DirtyRow } from "../schema.ts";
import { insertRows, upsertRows } from "../statements.ts";
import type { WorkingSet } from "./working-set.ts";

const messageKeys = ["tenant", "conversation", "log", "seq"] as const;
const dirtyKeys = ["consumer", "tenant", "conversation", "log"] as const;
const dirtyColumns = [...dirtyKeys, "done", "dirty_since"] as const;

/** One multi-row statement for each table that changes. */
export async function writeWorkingSet(context: StorageContext, set: WorkingSet): Promise<void> {
  const { connection } = set;
  const { flags } = context.dialect;
  const marks = missingMarks(context, set);
  await writeCurrentConversations(connection, set.changedVisitors);
  if (set.changedContacts.size > 0) await writeContacts(context, connection, [...set.changedContacts]);
  await insertRows(connection, "conversations", conversationColumns, [...set.newConversations]);
  await insertRows(connection, "messages", messageColumns, set.newMessages);
  await insertRows(connection, "ordinals", ordinalColumns, set.newOrdinals);
  if (set.changedMessages.size > 0)
    await upsertRows(connection, flags, "messages", messageKeys, messageColumns, [...set.changedMessages]);
  await changeConversations(context, connection, set.changedConversations);
  await upsertRows(connection, flags, "dirty_logs", dirtyKeys, dirtyColumns, marks, {
    done: (_incoming, stored) => stored,
    // The mark keeps its age until it is cleared.
    dirty_since: (incoming, stored) => `CASE WHEN ${stored} = 0 THEN ${incoming} ELSE ${stored} END`,
  });
}

/**
 * What tells every consumer which logs have moved. The conversation's row says which logs have their marks: a mark is only cleared
 * under its lock, so that most appends need not write one.
 */
function missingMarks({ consumers, consumersFingerprint }: StorageContext, set: WorkingSet): DirtyRow[] {
  const logs: Omit<DirtyRow, "consumer">[] = [];
  for (const { tenant, conversation, log, at } of set.newMessages) {
    const row = set.conversations.get(`${tenant} ${conversation}`);
    const marked = log === 1 ? "staff_marked" : "public_marked";
    if (!row || row[marked] === consumersFingerprint) continue;
    row[marked] = consumersFingerprint;
    logs.push({ tenant, conversation, log, done: 0, dirty_since: Math.max(1, at) });
  }
  // In the order of their keys, like locks.
  logs.sort((a, b) => a.tenant - b.tenant || a.conversation - b.conversation || a.log - b.log);
  return consumers.flatMap((consumer) => logs.map((log) => ({ consumer, ...log })));
}
