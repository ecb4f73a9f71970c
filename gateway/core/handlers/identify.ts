import type { Identify } from "../../../protocol/client-frames.ts";
import type { Identified, Identity } from "../../../protocol/frames.ts";
import { backoffMs } from "../backoff.ts";
import { type CheckedIdentity, checkIdentity } from "../identity.ts";
import type { Rooms } from "../rooms.ts";
import type { Session, VisitorPrincipal } from "../session.ts";
import type { Visit } from "../visit.ts";
import { visitorToken } from "../visitor-session.ts";
import type { FrameHandler } from "./table.ts";

type Verified = Extract<CheckedIdentity, { trust: "verified" }>;

/** Tries that later frames wait for; then they go on, and the link comes when storage answers. */
const waitsForTries = 1;

/** Who the site says its visitor is. Signed: linked to that person, with all their conversations. Else: shown as not verified. */
export const identify: FrameHandler<Identify> = {
  side: "visitor",
  rate: "page",
  handle(rooms, session, frame) {
    if (session.principal.type === "visitor") return identifyVisitor(rooms, session, session.principal, frame.identity);
  },
};

export function identifyVisitor(
  rooms: Rooms,
  session: Session,
  visitor: VisitorPrincipal,
  identity: Identity,
): Promise<void> | void {
  const site = rooms.directory.site(visitor.tenant, visitor.site);
  if (!site) return;
  const checked = checkIdentity(rooms.signer, site, identity, rooms.clock.now());
  if (checked.trust === "refused") return answer(session, visitor, { verified: false, code: checked.code });
  if (checked.trust === "passed") return pass(rooms, session, visitor, identity, checked.code);
  return link(rooms, session, visitor, identity, checked, 1);
}

/** Shown with a "not verified", and opens nothing. */
function pass(
  rooms: Rooms,
  session: Session,
  visitor: VisitorPrincipal,
  identity: Identity,
  code: string | undefined,
): void {
  remember(rooms, visitor, identity);
  if (visitor.visit && !visitor.visit.verified) {
    rooms.presence.named(visitor.visit, identity.name, identity.email, false);
    if (visitor.visit.known) rooms.profiles.changed(visitor, visitor.passed ?? {});
  }
  answer(session, visitor, { verified: false, ...(code === undefined ? {} : { code }) });
}

async function link(
  rooms: Rooms,
  session: Session,
  visitor: VisitorPrincipal,
  identity: Identity,
  checked: Verified,
  tries: number,
): Promise<void> {
  const { trust: _, ...proved } = checked;
  try {
    const { tenant, site } = visitor;
    const now = rooms.clock.now();
    // A device that keeps nothing is another visitor on every page: until one of them writes, the person's row is enough.
    const unstored = rooms.directory.site(tenant, site)?.settings.remembers ? "begin" : "person";
    const result = await rooms.storage.linkContact(tenant, site, visitor.visitor, proved, now, unstored);
    const conflicts = result.outcome === "conflict" || (await isSomebodyElse(rooms, visitor, result));
    if (!session.open) return;
    if (conflicts) return answer(session, visitor, { verified: false, code: "conflict", startOver: true });
    const own = result.visitor === visitor.visitor;
    visitor.standIn = own ? null : { visitor: result.visitor, identity: proved, storing: null };
    linked(rooms, session, visitor, identity, checked, result.contact);
  } catch (error) {
    rooms.log.warn("contact-not-linked", { error: String(error) });
    rooms.clock.after(backoffMs(rooms.ids, tries), () => {
      if (session.open) void link(rooms, session, visitor, identity, checked, tries + waitsForTries);
    });
  }
}

/** Of a visitor that is not stored: a person was proved before, who is there (a restore may have lost them), and is not this one. */
async function isSomebodyElse(
  { storage }: Rooms,
  { tenant, visitor, contact }: VisitorPrincipal,
  proved: { readonly visitor: string; readonly contact: string },
): Promise<boolean> {
  if (proved.visitor === visitor || contact === null || contact === proved.contact) return false;
  return (await storage.visitor(tenant, contact)) !== null;
}

function linked(
  rooms: Rooms,
  session: Session,
  visitor: VisitorPrincipal,
  identity: Identity,
  checked: Verified,
  contact: string,
): void {
  visitor.contact = contact;
  if (checked.name === undefined && checked.email === undefined) {
    remember(rooms, visitor, identity);
    rooms.profiles.changed(visitor, visitor.passed ?? {});
  }
  rooms.presence.linked(session, visitor, contact);
  if (visitor.visit) showLinked(rooms, visitor.visit, identity, checked);
  answer(session, visitor, { verified: true, token: visitorToken(rooms, visitor) });
  if (session.wantsThread) rooms.threads.read(session, visitor);
}

/** A name that was not signed never stands beside a "verified": the older form proves the id alone. */
function showLinked(rooms: Rooms, visit: Visit, passed: Identity, { name, email }: Verified): void {
  if (name !== undefined || email !== undefined) return rooms.presence.named(visit, name ?? "", email ?? "", true);
  if (visit.verified) return;
  const nameless = !(visit.name || visit.email || passed.name || passed.email);
  rooms.presence.named(visit, passed.name, passed.email, nameless);
}

function remember(_rooms: Rooms, visitor: VisitorPrincipal, { name, email }: Identity): void {
  visitor.passed = { ...(name === undefined ? {} : { name }), ...(email === undefined ? {} : { email }) };
}

function answer(
  session: Session,
  visitor: VisitorPrincipal,
  part: { verified: boolean; code?: string; token?: string; startOver?: boolean },
): void {
  const frame: Identified = { kind: "identified", principal: visitor.visitor, startOver: false, ...part };
  session.connection.send(frame);
}
