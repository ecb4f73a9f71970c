/**
 * Who may do what: one pure function, asked by every frame and every route. Whatever is not allowed here is forbidden.
 *
 * Agents see all of their tenant, unless rows of departments restrict them; a site without a department is everybody's. An admin
 * administers all of the tenant or, restricted, nothing of it: whoever could change agents could lift their own restriction.
 * Visitors touch only the public logs of their own thread.
 */
import type { Role } from "../../protocol/frames.ts";
import type { AgentRecord } from "../../storage/records.ts";
import type { Actor } from "./core.ts";

export type Action =
  /** Public logs, visitors, visits, the inbox, earlier conversations. */
  | "read-conversations"
  /** Staff logs. */
  | "read-notes"
  | "write-message"
  | "write-note"
  /** Take, assign, close, reopen. */
  | "manage-conversation"
  /** A first message to a visit. */
  | "invite"
  | "watch-visitors"
  /** Say whether one is available. */
  | "set-status"
  /** Tell the site who one is, and what one looks at. */
  | "be-visited"
  | "read-sites"
  | "manage-sites"
  | "read-agents"
  | "manage-agents";

/** What it is done to. */
export interface Resource {
  readonly tenant: number;
  /** Of the site; null: everybody's. */
  readonly department: number | null;
  /** Asked of visitors only: whose conversation it is. */
  readonly site?: number;
  readonly visitor?: string | null;
  readonly contact?: string | null;
}

const reading: readonly Action[] = ["read-conversations", "read-notes", "watch-visitors", "read-sites", "read-agents"];
const chatting: readonly Action[] = [
  ...reading,
  "write-message",
  "write-note",
  "manage-conversation",
  "invite",
  "set-status",
];
const administering: readonly Action[] = ["manage-sites", "manage-agents"];
const managing: readonly Action[] = [...chatting, ...administering];
const allowedToRole: { readonly [role in Role]: ReadonlySet<Action> } = {
  viewer: new Set(reading),
  agent: new Set(chatting),
  admin: new Set(managing),
  owner: new Set(managing),
};
const allowedToVisitor: ReadonlySet<Action> = new Set<Action>(["read-conversations", "write-message", "be-visited"]);

export function may(actor: Actor, action: Action, resource: Resource): boolean {
  if (actor.tenant !== resource.tenant) return false;
  return actor.type === "agent" ? agentMay(actor, action, resource) : visitorMay(actor, action, resource);
}

export function actorOf(agent: AgentRecord): Actor {
  return { type: "agent", tenant: agent.tenant, agent: agent.id, role: agent.role, departments: agent.departments };
}

/** Whether rows of departments let them see a site of this department. */
export function seesDepartment(departments: readonly number[], department: number | null): boolean {
  return department === null || departments.length === 0 || departments.includes(department);
}

function agentMay(actor: Extract<Actor, { type: "agent" }>, action: Action, resource: Resource): boolean {
  if (!allowedToRole[actor.role].has(action)) return false;
  const restricted = actor.departments.length > 0 && actor.role !== "owner";
  if (restricted && administering.includes(action)) return false;
  return seesDepartment(actor.departments, resource.department);
}

/** The contact joins the visitors of one verified person; a conversation belongs to the visitor, or through the contact. */
function visitorMay(actor: Extract<Actor, { type: "visitor" }>, action: Action, resource: Resource): boolean {
  if (!allowedToVisitor.has(action) || actor.site !== resource.site) return false;
  if (resource.visitor !== undefined && resource.visitor === actor.visitor) return true;
  const contact = actor.contact ?? null;
  return contact !== null && resource.contact === contact;
}
