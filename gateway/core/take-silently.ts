/** Who answers first has the conversation. */
import type { AppendRequest } from "../../storage/storage.ts";
import type { Rooms } from "./rooms.ts";

/**
 * Takes it for an agent who writes where nobody answers, in an append of its own: losing the race to a colleague is no error, and the
 * message stands all the same. The visitor is told who came, except to an invitation, which says it itself. Never rejects.
 */
export async function takeSilently(
  rooms: Rooms,
  agent: string,
  tenant: number,
  conversation: string,
  status: "invited" | "open",
): Promise<void> {
  const assigned: AppendRequest["events"] = [{ log: "staff", body: { kind: "assigned", agent, previous: null } }];
  try {
    const result = await rooms.storage.append({
      tenant,
      producer: rooms.ids.id(),
      address: `${conversation}/staff`,
      ordinal: 1,
      messageId: rooms.ids.id(),
      sender: { side: "agent", id: agent },
      at: rooms.clock.now(),
      target: { type: "log", conversation, log: "staff" },
      events: status === "open" ? [...assigned, { log: "public", body: { kind: "joined" } }] : assigned,
      // Not even oneself: another message of the same moment may have taken it already.
      expect: { assignee: null },
      change: { assignee: agent },
    });
    if (result.outcome !== "stored") return;
    rooms.hub.appended(tenant, result);
    if (result.state) rooms.conversations.changed(tenant, result.state);
  } catch (error) {
    rooms.log.warn("conversation-not-taken", { error: String(error) });
  }
}
