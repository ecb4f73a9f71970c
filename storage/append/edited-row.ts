/** Edits and deletions change the row they name in the same transaction, so that any page shows the present state. */
import type { EventBody, Side } from "../../protocol/frames.ts";
import { encodeBody } from "../message-body.ts";
import type { ConversationRow, MessageRow } from "../schema.ts";
import type { LogKind } from "../storage.ts";
import { previewOf } from "./preview-of.ts";
import type { WorkingSet } from "./working-set.ts";

type Edit = Extract<EventBody, { kind: "edit" | "delete" }>;

/** Reads the named rows; a refusal if one is not there, is no text, or is the other side's. */
export async function checkTargets(
  set: WorkingSet,
  row: ConversationRow,
  events: readonly { log: LogKind; body: EventBody }[],
  side: Side,
): Promise<{ code: string } | null> {
  for (const { log, body } of events) {
    if (body.kind !== "edit" && body.kind !== "delete") continue;
    const target = findNamed(set, row, log, body) ?? (await loadNamed(set, row, log, body));
    if (!target || (target.kind !== "text" && target.kind !== "note") || target.deleted_at !== null)
      return { code: "not-found" };
    if (target.side !== side) return { code: "forbidden" };
  }
  return null;
}

export function changeEditedRow(set: WorkingSet, row: ConversationRow, log: LogKind, body: Edit, at: number): void {
  const target = findNamed(set, row, log, body);
  if (!target) throw new Error("append: the row that is edited was not read");
  const text = body.kind === "edit" ? body.text : "";
  Object.assign(target, encodeBody({ kind: target.kind === "note" ? "note" : "text", text }));
  if (body.kind === "edit") target.edited_at = at;
  else target.deleted_at = at;
  if (log === "public" && row.preview_seq === target.seq) row.preview = previewOf(text);
}

function findNamed(set: WorkingSet, row: ConversationRow, log: LogKind, { target }: Edit): MessageRow | undefined {
  const isNamed = (message: MessageRow) =>
    message.seq === target &&
    message.conversation === row.number &&
    message.tenant === row.tenant &&
    message.log === (log === "staff" ? 1 : 0);
  return set.newMessages.find(isNamed) ?? [...set.changedMessages].find(isNamed);
}

async function loadNamed(set: WorkingSet, row: ConversationRow, log: LogKind, { target }: Edit) {
  const [message] = await set.connection.query<MessageRow>(
    "SELECT * FROM messages WHERE tenant = ? AND conversation = ? AND log = ? AND seq = ?",
    [row.tenant, row.number, log === "staff" ? 1 : 0, target],
  );
  if (message) set.changedMessages.add(message);
  return message;
}
