/** A visitor at the door: which site, which secret, what the token proves. */
import type { Credential } from "../../protocol/frames.ts";
import type { SiteRecord } from "../../storage/records.ts";
import type { Rooms } from "./rooms.ts";
import { unread, type VisitorPrincipal } from "./session.ts";
import { makeVisitorToken, needsRenewal, readVisitorToken, visitorIdOf, visitorTokenMs } from "./visitor-token.ts";

type VisitorCredential = Extract<Credential, { role: "visitor" }>;

export interface Greeted {
  readonly principal: VisitorPrincipal;
  /** Null: the one that was shown is good for longer. */
  readonly token: string | null;
}

/**
 * The secret alone is good while the visitor was never revoked. A token that is over, or not of this visitor, proves
 * nothing and hurts nobody.
 */
export function greetVisitor(rooms: Rooms, site: SiteRecord, credential: VisitorCredential, load: string): Greeted {
  const visitor = visitorIdOf(rooms.signer, site.tenant, site.site, credential.secret);
  const now = rooms.clock.now();
  const claims = credential.token === undefined ? null : readVisitorToken(rooms.signer, credential.token, now);
  const own = claims?.tenant === site.tenant && claims.site === site.site && claims.visitor === visitor ? claims : null;
  const principal: VisitorPrincipal = {
    type: "visitor",
    tenant: site.tenant,
    site: site.site,
    visitor,
    contact: own?.contact ? own.contact : null,
    standIn: null,
    revocation: own?.revocation ?? 0,
    visit: null,
    load,
    thread: unread,
    passed: null,
  };
  return { principal, token: own && !needsRenewal(own, now) ? null : visitorToken(rooms, principal) };
}

export function visitorToken(rooms: Rooms, { tenant, site, visitor, contact, revocation }: VisitorPrincipal): string {
  const expires = rooms.clock.now() + visitorTokenMs;
  return makeVisitorToken(rooms.signer, { tenant, site, visitor, contact: contact ?? "", revocation, expires });
}
