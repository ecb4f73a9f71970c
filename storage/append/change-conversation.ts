import type { ConversationRow } from "../schema.ts";
import type { AppendRequest } from "../storage.ts";
import { makeCurrent } from "./resolve-target.ts";
import type { WorkingSet } from "./working-set.ts";

/** What the append changes of the conversation beside its logs. */
export function changeConversation(set: WorkingSet, row: ConversationRow, { change, at }: AppendRequest): void {
  if (change?.assignee !== undefined) row.assignee = change.assignee;
  if (change?.status === "closed" && row.status !== "closed") {
    row.status = "closed";
    row.closed_at = at;
    row.waiting_since = null;
    row.invited_visit = null;
  }
  if (change?.status === "open" && row.status !== "open") {
    row.status = "open";
    row.closed_at = null;
    row.invited_visit = null;
    makeCurrent(set, row);
  }
}
