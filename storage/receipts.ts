/** Cursors and the state of invitations: beside the logs, never in them. */
import type { StorageContext } from "./context.ts";
import { conversationNumbers, lockConversations, writeConversations } from "./conversations.ts";
import { isIdentifier } from "./identifiers.ts";
import { logNumber } from "./logs.ts";
import type { ConversationRow, InvitationWord, ReceiptRow } from "./schema.ts";
import { upsertRows } from "./statements.ts";
import type { LogKind } from "./storage.ts";
import { inTransaction } from "./transaction.ts";

export interface Receipt {
  conversation: string;
  log: LogKind;
  reader: string | null;
  delivered: number;
  read: number;
}

/** An invitation only goes forward; an answered one stays answered. */
const invitationOrder: readonly InvitationWord[] = ["sent", "delivered", "seen", "missed", "dismissed", "answered"];
const receiptColumns = ["tenant", "conversation", "log", "reader", "delivered_seq", "read_seq"] as const;

export function receiptOperations(context: StorageContext) {
  const { dialect } = context;

  const changeConversations = async (
    tenant: number,
    ids: readonly string[],
    change: (rows: Map<string, ConversationRow>) => { changed: ConversationRow[]; receipts: ReceiptRow[] },
  ): Promise<void> => {
    const wanted = ids.filter(isIdentifier).map((conversation) => ({ tenant, conversation }));
    if (wanted.length === 0) return;
    await inTransaction(dialect, "rest", true, async (connection) => {
      const numbers = [...(await conversationNumbers(context, connection, wanted)).values()];
      const locks = numbers.map((value) => ({ tenant, value }));
      const rows = await lockConversations(context, connection, locks);
      const { changed, receipts } = change(new Map(rows.map((row) => [row.public_id, row])));
      await writeConversations(context, connection, changed);
      await upsertRows(
        connection,
        dialect.flags,
        "receipts",
        ["tenant", "conversation", "log", "reader"],
        receiptColumns,
        receipts,
        { delivered_seq: larger, read_seq: larger },
      );
    });
  };

  return {
    async saveReceipts(tenant: number, receipts: Receipt[]): Promise<void> {
      const ids = [...new Set(receipts.map((receipt) => receipt.conversation))];
      await changeConversations(tenant, ids, (rows) => {
        const changed = new Set<ConversationRow>();
        const own: ReceiptRow[] = [];
        for (const receipt of receipts) {
          const row = rows.get(receipt.conversation);
          if (!row) continue;
          const bounded = withinLog(row, receipt);
          if (receipt.reader !== null) own.push(receiptRow(row, bounded, receipt.reader));
          if (receipt.log === "public" && moveCursor(row, bounded)) changed.add(row);
        }
        return { changed: [...changed], receipts: mergeReceipts(own) };
      });
    },

    async saveInvitationState(
      tenant: number,
      conversation: string,
      state: "delivered" | "seen" | "dismissed" | "missed",
    ): Promise<void> {
      await changeConversations(tenant, [conversation], (rows) => {
        const row = rows.get(conversation);
        if (!row || row.invitation === null) return { changed: [], receipts: [] };
        if (invitationOrder.indexOf(state) <= invitationOrder.indexOf(row.invitation))
          return { changed: [], receipts: [] };
        row.invitation = state;
        return { changed: [row], receipts: [] };
      });
    },
  };
}

function larger(incoming: string, stored: string): string {
  return `CASE WHEN ${incoming} > ${stored} THEN ${incoming} ELSE ${stored} END`;
}

/** Nobody has read what is not there yet; what was read was delivered. */
function withinLog(row: ConversationRow, receipt: Receipt): Receipt {
  const head = receipt.log === "public" ? row.public_head : row.staff_head;
  const read = Math.min(head, Math.max(0, receipt.read));
  return { ...receipt, read, delivered: Math.max(read, Math.min(head, Math.max(0, receipt.delivered))) };
}

/** Whether it moved. */
function moveCursor(row: ConversationRow, { reader, delivered, read }: Receipt): boolean {
  const side = reader === null ? "visitor" : "agents";
  const moved = delivered > row[`${side}_delivered`] || read > row[`${side}_read`];
  row[`${side}_delivered`] = Math.max(row[`${side}_delivered`], delivered);
  row[`${side}_read`] = Math.max(row[`${side}_read`], read);
  return moved;
}

function receiptRow(row: ConversationRow, { log, delivered, read }: Receipt, reader: string): ReceiptRow {
  return {
    tenant: row.tenant,
    conversation: row.number,
    log: logNumber(log),
    reader,
    delivered_seq: delivered,
    read_seq: read,
  };
}

/** A statement may name each row once. */
function mergeReceipts(rows: readonly ReceiptRow[]): ReceiptRow[] {
  const merged = new Map<string, ReceiptRow>();
  for (const row of rows) {
    const key = `${row.conversation} ${row.log} ${row.reader}`;
    const known = merged.get(key);
    merged.set(key, {
      ...row,
      delivered_seq: Math.max(row.delivered_seq, known?.delivered_seq ?? 0),
      read_seq: Math.max(row.read_seq, known?.read_seq ?? 0),
    });
  }
  return [...merged.values()];
}
