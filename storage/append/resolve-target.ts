/** From an address to a conversation: found, reopened or created, under the locks that the working set holds. */
import type { StorageContext } from "../context.ts";
import { type LockedVisitor, namePerson } from "../person-rows.ts";
import type { ContactRow, ConversationRow } from "../schema.ts";
import type { AppendRequest, AppendTarget } from "../storage.ts";
import type { WorkingSet } from "./working-set.ts";

export interface ResolvedTarget {
  readonly row: ConversationRow;
  readonly created: boolean;
  /** It is closed, and this append opens it again. */
  readonly reopens: boolean;
  /** Does what was found out; not called if the append is refused. */
  commit(): void;
}

type CurrentTarget = Extract<AppendTarget, { type: "current" }>;
type VisitTarget = Extract<AppendTarget, { type: "visit" }>;

/** A conversation that ended longer ago than this is not reopened by an agent's message to the visit, unless the target says otherwise. */
const defaultReopenMs = 7 * 24 * 3600 * 1000;

/** Null: no such conversation in this tenant. */
export function resolveTarget(context: StorageContext, set: WorkingSet, request: AppendRequest): ResolvedTarget | null {
  const { tenant, target } = request;
  switch (target.type) {
    case "log": {
      const row = conversationById(set, tenant, target.conversation);
      return row ? existing(set, row, false) : null;
    }
    case "current":
      return resolveCurrent(context, set, request, target);
    case "visit":
      return resolveVisit(context, set, request, target);
  }
}

function resolveCurrent(
  context: StorageContext,
  set: WorkingSet,
  request: AppendRequest,
  target: CurrentTarget,
): ResolvedTarget | null {
  const { tenant, at } = request;
  const visitor = set.visitors.get(`${tenant} ${target.visitor}`);
  if (!visitor) return null;
  const person = personOf(set, visitor);
  const current = currentConversation(set, person);
  const before = target.again ? conversationById(set, tenant, target.newConversation) : null;
  if (before?.status === "open" && isOf(before, person)) return existing(set, before, false);
  const meet = (row: ConversationRow) => {
    if (target.visit !== undefined) row.visit = target.visit;
    setCurrent(set, person, row);
  };
  // What is gone is made again beside what is open: its agents wait for it under its name.
  if (before !== undefined) {
    if (current?.status === "open") return existing(set, current, false, () => meet(current));
    const invitation = answeredInvitation(set, tenant, target, person);
    if (invitation) return existing(set, invitation, false, () => answer(invitation, person, meet));
    if (current && isReopenable(current, at, target.reopenMs)) return existing(set, current, true, () => meet(current));
  }
  const row = newConversation(context, set, request, target);
  row.visitor = visitor.public_id;
  namePerson(row, visitor, person.contact);
  return created(set, row, () => meet(row));
}

function resolveVisit(
  context: StorageContext,
  set: WorkingSet,
  request: AppendRequest,
  target: VisitTarget,
): ResolvedTarget | null {
  const { tenant, at } = request;
  const visitor = target.visitor === undefined ? undefined : set.visitors.get(`${tenant} ${target.visitor}`);
  const person = visitor && personOf(set, visitor);
  const current = person && currentConversation(set, person);
  if (current?.status === "open") return existing(set, current, false);
  if (current && isReopenable(current, at, target.reopenMs ?? defaultReopenMs)) return existing(set, current, true);
  const begun = set.ofVisits.get(`${tenant} ${target.visit}`);
  const ofVisit = begun === undefined ? undefined : set.conversations.get(`${tenant} ${begun}`);
  if (ofVisit && ofVisit.status !== "closed") return existing(set, ofVisit, false);
  const row = newConversation(context, set, request, target);
  row.status = "invited";
  row.invitation = "sent";
  row.visit = target.visit;
  row.invited_visit = target.visit;
  if (person) {
    row.visitor = person.visitor.public_id;
    namePerson(row, person.visitor, person.contact);
  }
  return created(set, row, () => set.ofVisits.set(`${tenant} ${target.visit}`, row.number));
}

// ---------------------------------------------------------------- people

interface Person {
  readonly visitor: LockedVisitor;
  readonly contact: ContactRow | null;
}

function personOf(set: WorkingSet, visitor: LockedVisitor): Person {
  const contact = visitor.contact === null ? undefined : set.contacts.get(`${visitor.tenant} ${visitor.contact}`);
  return { visitor, contact: contact ?? null };
}

/** The contact's where the visitor is linked: two devices of one person meet in one conversation. */
function currentConversation(set: WorkingSet, { visitor, contact }: Person): ConversationRow | undefined {
  const number = (contact ?? visitor).current_conversation;
  return number === null ? undefined : set.conversations.get(`${visitor.tenant} ${number}`);
}

function setCurrent(set: WorkingSet, { visitor, contact }: Person, row: ConversationRow): void {
  const owner = contact ?? visitor;
  if (owner.current_conversation === row.number) return;
  owner.current_conversation = row.number;
  if (contact) set.changedContacts.add(contact);
  else set.changedVisitors.add(visitor);
}

/** After an agent opened a closed conversation again: the visitor's next message belongs to it, unless another one is open. */
export function makeCurrent(set: WorkingSet, row: ConversationRow): void {
  const visitor = row.visitor === null ? undefined : set.visitors.get(`${row.tenant} ${row.visitor}`);
  if (!visitor) return;
  const person = personOf(set, visitor);
  if (currentConversation(set, person)?.status !== "open") setCurrent(set, person, row);
}

// ---------------------------------------------------------------- conversations

function conversationById(set: WorkingSet, tenant: number, conversation: string): ConversationRow | undefined {
  const number = set.numbers.get(`${tenant} ${conversation}`);
  return number === undefined ? undefined : set.conversations.get(`${tenant} ${number}`);
}

/** The invitation belongs to the first who answers it; if its visitor is known, to that one or their contact. */
function answeredInvitation(
  set: WorkingSet,
  tenant: number,
  target: CurrentTarget,
  { visitor, contact }: Person,
): ConversationRow | null {
  const row = target.answers === undefined ? undefined : conversationById(set, tenant, target.answers);
  if (row?.status !== "invited" || row.site !== target.site) return null;
  return row.visitor === null || isOf(row, { visitor, contact }) ? row : null;
}

function isOf(row: ConversationRow, { visitor, contact }: Person): boolean {
  return row.visitor === visitor.public_id || row.contact === (contact?.public_id ?? "");
}

function answer(row: ConversationRow, { visitor, contact }: Person, meet: (row: ConversationRow) => void): void {
  row.status = "open";
  row.invitation = "answered";
  row.invited_visit = null;
  row.visitor = visitor.public_id;
  namePerson(row, visitor, contact);
  meet(row);
}

function isReopenable(row: ConversationRow, at: number, reopenMs: number): boolean {
  return row.status === "closed" && at - (row.closed_at ?? 0) < reopenMs;
}

function existing(set: WorkingSet, row: ConversationRow, reopens: boolean, commit?: () => void): ResolvedTarget {
  return {
    row,
    created: false,
    reopens,
    commit: () => {
      if (!set.newConversations.has(row) && !set.changedConversations.has(row))
        set.changedConversations.set(row, { ...row });
      commit?.();
    },
  };
}

function created(set: WorkingSet, row: ConversationRow, commit: () => void): ResolvedTarget {
  return {
    row,
    created: true,
    reopens: false,
    commit: () => {
      set.newConversations.add(row);
      set.conversations.set(`${row.tenant} ${row.number}`, row);
      set.numbers.set(`${row.tenant} ${row.public_id}`, row.number);
      commit();
    },
  };
}

function newConversation(
  context: StorageContext,
  set: WorkingSet,
  { tenant, at }: AppendRequest,
  target: CurrentTarget | VisitTarget,
): ConversationRow {
  const again = target.type === "current" && target.again;
  const taken = (set.freshIds && !again) || set.numbers.has(`${tenant} ${target.newConversation}`);
  return {
    tenant,
    number: context.newNumber(at),
    public_id: taken ? context.newId() : target.newConversation,
    site: target.site,
    epoch_part: context.newId().slice(0, 8),
    status: "open",
    assignee: null,
    visitor: null,
    contact: null,
    visit: target.visit ?? null,
    invited_visit: null,
    created_at: at,
    closed_at: null,
    last_at: at,
    waiting_since: null,
    preview: "",
    preview_seq: 0,
    preview_side: "system",
    preview_sender: null,
    public_head: 0,
    staff_head: 0,
    public_first: 1,
    staff_first: 1,
    public_marked: 0,
    staff_marked: 0,
    visitor_count: 0,
    agent_count: 0,
    visitor_delivered: 0,
    visitor_read: 0,
    agents_delivered: 0,
    agents_read: 0,
    invitation: null,
    name: target.profile.name ?? null,
    email: target.profile.email ?? null,
    verified: 0,
  };
}
