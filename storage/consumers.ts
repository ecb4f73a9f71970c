/** Consumers of the logs: marks that appends set, and how far each consumer has come. */
import type { StorageContext } from "./context.ts";
import { changeConversations, conversationNumbers, lockConversations } from "./conversations.ts";
import { logNumber } from "./logs.ts";
import { rowsOf, run } from "./statements.ts";
import type { LogKind } from "./storage.ts";
import { inTransaction, reading } from "./transaction.ts";

export function consumerOperations(context: StorageContext) {
  const { dialect } = context;
  return {
    async dirtyLogs(consumer: string, limit: number) {
      const rows = await reading(dialect, (connection) =>
        rowsOf(
          connection,
          dialect.sql
            .selectFrom("dirty_logs")
            .innerJoin("conversations", (join) =>
              join
                .onRef("conversations.tenant", "=", "dirty_logs.tenant")
                .onRef("conversations.number", "=", "dirty_logs.conversation"),
            )
            .select([
              "dirty_logs.tenant",
              "conversations.public_id",
              "dirty_logs.log",
              "dirty_logs.done",
              "conversations.public_head",
              "conversations.staff_head",
            ])
            .where("dirty_logs.consumer", "=", consumer)
            .where("dirty_logs.dirty_since", ">", 0)
            .orderBy("dirty_logs.dirty_since")
            .limit(limit),
        ),
      );
      return rows.map(({ tenant, public_id, log, done, public_head, staff_head }) => ({
        tenant,
        conversation: public_id,
        log: (log === 1 ? "staff" : "public") as LogKind,
        done,
        head: log === 1 ? staff_head : public_head,
      }));
    },

    async consumed(consumer: string, tenant: number, conversation: string, log: LogKind, done: number): Promise<void> {
      await inTransaction(dialect, "rest", true, async (connection) => {
        const numbers = await conversationNumbers(context, connection, [{ tenant, conversation }]);
        const [number] = numbers.values();
        if (number === undefined) return;
        // Under its lock: what an append has written is seen here, and the next append sees that the mark is gone.
        const [row] = await lockConversations(context, connection, [{ tenant, value: number }]);
        if (!row) return;
        const ofLog = dialect.sql
          .updateTable("dirty_logs")
          .where("consumer", "=", consumer)
          .where("tenant", "=", tenant)
          .where("conversation", "=", number)
          .where("log", "=", logNumber(log));
        await run(connection, ofLog.set({ done }).where("done", "<", done));
        if (done < (log === "staff" ? row.staff_head : row.public_head)) return;
        await run(connection, ofLog.set({ dirty_since: 0 }));
        const cleared = { ...row, [log === "staff" ? "staff_marked" : "public_marked"]: 0 };
        await changeConversations(context, connection, new Map([[cleared, row]]));
      });
    },
  };
}
