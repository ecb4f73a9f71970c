import { useEffect, useState } from "preact/hooks";
import type { ConversationInfo } from "../../../protocol/api.ts";
import type { VisitorRow } from "../../../protocol/rows.ts";
import { useApp, useDesk } from "../../components/use-app.ts";

/** What the head and the panel say about a conversation, from the inbox where it stands there, else asked for once. */
export interface ConversationFacts {
  id: string;
  name: string | undefined;
  handle: string;
  email: string | undefined;
  verified: boolean;
  status: "invited" | "open" | "closed";
  assignee: { id: string; name: string; face?: string } | null;
  waitingSince: number | undefined;
  visitor: string | undefined;
  visit: string | undefined;
  /** The live visit, where the visitor is on the site. */
  visitorRow: VisitorRow | null;
  unread: number;
}

export type ConversationLookup =
  | { state: "known"; facts: ConversationFacts }
  | { state: "asking" }
  | { state: "missing" }
  | { state: "failed" };

export function useConversation(id: string): ConversationLookup {
  const { api } = useApp();
  const { connection } = useDesk();
  void connection.inbox.structure.value;
  void connection.visitors.structure.value;
  const row = connection.inbox.row(id)?.value;
  const [asked, setAsked] = useState<{ id: string; info: ConversationInfo | "missing" | "failed" } | null>(null);
  const ready = connection.inbox.phase.value === "ready";
  // Without a socket there is no inbox; what this device holds of the conversation is shown all the same.
  const offline = connection.status.value.phase !== "online" && connection.status.value.troubleSince >= 0;
  const needed = (ready || offline) && !row && asked?.id !== id;
  useEffect(() => {
    if (!needed) return;
    let wanted = true;
    void api.conversation(id).then((answer) => {
      if (!wanted) return;
      setAsked({ id, info: answer.ok ? answer.value : answer.code === "offline" ? "failed" : "missing" });
    });
    return () => {
      wanted = false;
    };
  }, [api, id, needed]);

  if (row) {
    const visitorRow = (row.visit === undefined ? undefined : connection.visitors.row(row.visit)?.value) ?? null;
    const { name, handle, email, verified, status, assignee, waitingSince, visitor, visit, unread } = row;
    return {
      state: "known",
      facts: { id, name, handle, email, verified, status, assignee, waitingSince, visitor, visit, visitorRow, unread },
    };
  }
  if (asked?.id !== id) return { state: "asking" };
  if (asked.info === "missing" || asked.info === "failed") return { state: asked.info };
  return { state: "known", facts: factsOf(asked.info) };
}

function factsOf(info: ConversationInfo): ConversationFacts {
  const { assignee } = info;
  return {
    id: info.id,
    name: info.name ?? undefined,
    handle: info.handle,
    email: info.email ?? undefined,
    verified: info.verified,
    status: info.status,
    assignee: assignee && {
      id: assignee.id,
      name: assignee.name,
      ...(assignee.face === null ? {} : { face: assignee.face }),
    },
    waitingSince: undefined,
    visitor: info.visitor ?? undefined,
    visit: undefined,
    visitorRow: null,
    unread: 0,
  };
}
