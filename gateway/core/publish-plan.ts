/** From what a client wants to publish to what storage appends, or to a refusal. Permission stands here, before any write. */

import type { Publish } from "../../protocol/client-frames.ts";
import type { ErrorCode } from "../../protocol/errors.ts";
import type { PublishBody } from "../../protocol/frames.ts";
import { maxConversationsAgain } from "../../protocol/limits.ts";
import type { ConversationRecord } from "../../storage/records.ts";
import type { AppendExpectation, AppendRequest, LogKind } from "../../storage/storage.ts";
import { parseLogAddress, parseVisitAddress } from "./log-address.ts";
import { type Action, may } from "./permissions.ts";
import type { Rooms } from "./rooms.ts";
import type { AgentPrincipal, Session, VisitorPrincipal } from "./session.ts";
import { storeVisitor } from "./store-visitor.ts";

export type Plan =
  | { readonly step: "append"; readonly request: AppendRequest }
  /** For good: the ordinal is consumed by a tombstone. */
  | { readonly step: "refuse"; readonly code: ErrorCode }
  /** Not now: the client keeps it. */
  | { readonly step: "later"; readonly code: ErrorCode; readonly retryAfterMs: number };

type Content = Pick<AppendRequest, "events" | "expect" | "change">;

const busy = { step: "later", code: "busy", retryAfterMs: 1000 } as const satisfies Plan;
/** The target of a tombstone is never looked at; it only has to be well formed. */
const refused = (code: ErrorCode): Plan => ({ step: "refuse", code });

export function planPublish(rooms: Rooms, session: Session, frame: Publish): Promise<Plan> | Plan {
  const { principal } = session;
  if (principal.type === "agent") return planOfAgent(rooms, principal, frame);
  return planOfVisitor(rooms, session, principal, frame);
}

/** Consumes the ordinal, so that what stands behind it in the outbox can go. */
export function tombstone(
  rooms: Rooms,
  session: Session,
  frame: Omit<Publish, "kind" | "body">,
  code: ErrorCode,
): AppendRequest {
  const target = { type: "log" as const, conversation: frame.id, log: "public" as const };
  return { ...envelope(rooms, session, frame), target, events: [], tombstone: code };
}

// ---------------------------------------------------------------- visitors

function planOfVisitor(
  rooms: Rooms,
  session: Session,
  visitor: VisitorPrincipal,
  frame: Publish,
): Promise<Plan> | Plan {
  if (frame.address !== "current" || frame.body.kind !== "text") return refused("forbidden");
  const { text } = frame.body;
  if (visitor.standIn !== null)
    return storeVisitor(rooms, session, visitor, visitor.standIn).then((state) =>
      state === "stored" ? planOfVisitor(rooms, session, visitor, frame) : busy,
    );
  if (visitor.thread.phase === "read") return planForCurrent(rooms, session, visitor, frame, text);
  const ready = rooms.threads.ready(session, visitor);
  return ready.then((state) => (state === "failing" ? busy : planForCurrent(rooms, session, visitor, frame, text)));
}

function planForCurrent(rooms: Rooms, session: Session, visitor: VisitorPrincipal, frame: Publish, text: string): Plan {
  if (!session.open) return busy;
  const site = rooms.directory.site(visitor.tenant, visitor.site);
  if (!site) return refused("forbidden");
  const { visit } = visitor;
  return {
    step: "append",
    request: {
      ...envelope(rooms, session, frame),
      target: {
        type: "current",
        site: visitor.site,
        visitor: visitor.visitor,
        reopenMs: site.settings.reopenMs,
        newConversation: frame.conversation ?? rooms.ids.id(),
        ...(mayMakeAgain(session, frame.conversation) ? { again: true } : {}),
        profile: rooms.profiles.of(visitor),
        ...(frame.answers === undefined ? {} : { answers: frame.answers }),
        ...(visit ? { visit: visit.id } : {}),
      },
      events: [{ log: "public", body: { kind: "text", text } }],
    },
  };
}

/** Each name that is not stored becomes one more open conversation: a connection has few, so that nobody fills the inbox. */
function mayMakeAgain(session: Session, conversation: string | undefined): boolean {
  if (conversation === undefined) return false;
  session.namedAgain ??= new Set();
  if (session.namedAgain.size < maxConversationsAgain) session.namedAgain.add(conversation);
  return session.namedAgain.has(conversation);
}

// ---------------------------------------------------------------- agents

function planOfAgent(rooms: Rooms, agent: AgentPrincipal, frame: Publish): Promise<Plan> | Plan {
  const visit = parseVisitAddress(frame.address);
  if (visit !== null) return planInvitation(rooms, agent, frame, visit);
  const place = parseLogAddress(frame.address);
  if (!place) return refused("forbidden");
  const record = rooms.conversations.get(agent.tenant, place.conversation);
  if (record) return planForConversation(rooms, agent, frame, record, place.log);
  return rooms.conversations.find(agent.tenant, place.conversation).then(
    (found) => (found ? planForConversation(rooms, agent, frame, found, place.log) : planForMissing(frame)),
    () => busy,
  );
}

/** After a restore it may come again: its visitor makes it anew (R10.2). */
function planForMissing(frame: Publish): Plan {
  return frame.conversation === undefined ? refused("not-found") : { ...busy, code: "pending" };
}

function planInvitation(rooms: Rooms, agent: AgentPrincipal, frame: Publish, visitId: string): Plan {
  if (frame.body.kind !== "text") return refused("invalid");
  const visit = rooms.presence.visit(visitId);
  if (!visit || visit.tenant !== agent.tenant) return refused("not-found");
  const site = rooms.directory.site(agent.tenant, visit.site);
  if (!site) return refused("not-found");
  if (!may(agent, "invite", { tenant: agent.tenant, department: site.department })) return refused("forbidden");
  return {
    step: "append",
    request: {
      ...agentEnvelope(rooms, agent, frame),
      target: {
        type: "visit",
        visit: visit.id,
        site: visit.site,
        reopenMs: site.settings.reopenMs,
        newConversation: frame.conversation ?? rooms.ids.id(),
        profile: {},
        ...(visit.known ? { visitor: visit.storedAs } : {}),
      },
      events: [{ log: "public", body: { kind: "text", text: frame.body.text } }],
    },
  };
}

function planForConversation(
  rooms: Rooms,
  agent: AgentPrincipal,
  frame: Publish,
  record: ConversationRecord,
  log: LogKind,
): Promise<Plan> | Plan {
  const { body } = frame;
  const resource = rooms.conversations.resourceOf(agent.tenant, record);
  if (!may(agent, "read-conversations", resource)) return refused("not-found");
  if (!may(agent, actionOf(body, log), resource)) return refused("forbidden");
  const content = contentOf(rooms, agent, record, log, body);
  if (content === null) return refused("invalid");
  const target = { type: "log" as const, conversation: record.id, log };
  const plan: Plan = { step: "append", request: { ...agentEnvelope(rooms, agent, frame), target, ...content } };
  if (body.kind !== "edit" && body.kind !== "delete") return plan;
  return isOwn(rooms, agent, record.id, log, body.target).then(
    (own) => (own ? plan : refused("forbidden")),
    () => busy,
  );
}

function actionOf(body: PublishBody, log: LogKind): Action {
  if (body.kind === "text") return "write-message";
  if (body.kind === "note") return "write-note";
  if (body.kind === "edit" || body.kind === "delete") return log === "staff" ? "write-note" : "write-message";
  return "manage-conversation";
}

/** Null: this cannot be said in this log, or to nobody. */
function contentOf(
  rooms: Rooms,
  agent: AgentPrincipal,
  record: ConversationRecord,
  log: LogKind,
  body: PublishBody,
): Content | null {
  switch (body.kind) {
    case "text":
      return log === "public" ? textContent(record, body.text) : null;
    case "note":
      return log === "staff" ? { events: [{ log, body }] } : null;
    case "edit":
    case "delete":
      return { events: [{ log, body }] };
    case "take":
      return assignment(record, agent.agent, { assignee: agent.agent }, { kind: "joined" });
    case "assign":
      return assignContent(rooms, agent, record, body.agent);
    case "close":
      return {
        events: [{ log: "public", body: { kind: "closed" } }],
        expect: { status: "open" },
        change: { status: "closed" },
      };
    case "reopen":
      return { events: [{ log: "public", body: { kind: "reopened" } }], change: { status: "open" } };
  }
}

/** An agent who writes into a closed conversation opens it again. */
function textContent(record: ConversationRecord, text: string): Content {
  const events: Content["events"] = [{ log: "public", body: { kind: "text", text } }];
  if (record.status !== "closed") return { events };
  return { events: [...events, { log: "public", body: { kind: "reopened" } }], change: { status: "open" } };
}

function assignContent(
  rooms: Rooms,
  agent: AgentPrincipal,
  record: ConversationRecord,
  to: string | null,
): Content | null {
  if (to !== null && rooms.directory.agent(agent.tenant, to)?.disabled !== false) return null;
  // Nobody or oneself where nobody is known: one's own take may be on its way.
  const expect: AppendExpectation = { assignee: record.assignee ?? agent.agent };
  if (to !== null) return assignment(record, to, expect, { kind: "joined" });
  return assignment(record, to, expect, record.assignee === agent.agent ? { kind: "left" } : null);
}

function assignment(
  record: ConversationRecord,
  to: string | null,
  expect: AppendExpectation,
  seen: { kind: "joined" } | { kind: "left" } | null,
): Content {
  const events: Content["events"] = [
    { log: "staff", body: { kind: "assigned", agent: to, previous: record.assignee } },
  ];
  // The visitor is told who comes, not who sent them.
  if (seen?.kind === "joined" && to !== null)
    events.push({ log: "public", body: seen, sender: { side: "agent", id: to } });
  else if (seen) events.push({ log: "public", body: seen });
  return { events, expect, change: { assignee: to } };
}

/** Rejects as storage does. */
async function isOwn(
  rooms: Rooms,
  agent: AgentPrincipal,
  conversation: string,
  log: LogKind,
  seq: number,
): Promise<boolean> {
  const [event] = await rooms.storage.readLog(agent.tenant, conversation, log, seq, seq, 1);
  return event !== undefined && event.sender.side === "agent" && event.sender.id === agent.agent;
}

// ---------------------------------------------------------------- envelopes

type Envelope = Omit<AppendRequest, "target" | "events">;

function envelope(rooms: Rooms, session: Session, frame: Omit<Publish, "kind" | "body">): Envelope {
  const { principal } = session;
  if (principal.type === "agent") return agentEnvelope(rooms, principal, frame);
  return common(rooms, principal.tenant, { side: "visitor", id: principal.visitor }, frame);
}

function agentEnvelope(rooms: Rooms, agent: AgentPrincipal, frame: Omit<Publish, "kind" | "body">): Envelope {
  return common(rooms, agent.tenant, { side: "agent", id: agent.agent }, frame);
}

function common(
  rooms: Rooms,
  tenant: number,
  sender: AppendRequest["sender"],
  { producer, address, ordinal, id }: Omit<Publish, "kind" | "body">,
): Envelope {
  return { tenant, producer, address, ordinal, messageId: id, sender, at: rooms.clock.now() };
}
