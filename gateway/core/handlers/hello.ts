import type { Hello } from "../../../protocol/client-frames.ts";
import type { LogPosition, Ok } from "../../../protocol/frames.ts";
import type { SiteRecord } from "../../../storage/records.ts";
import { openAgentLog } from "../agent-logs.ts";
import type { Connection } from "../connection.ts";
import type { CarrierInfo } from "../core.ts";
import { showInvitation } from "../invitations.ts";
import { actorOf } from "../permissions.ts";
import type { Rooms } from "../rooms.ts";
import { type AgentPrincipal, Session, type VisitorPrincipal } from "../session.ts";
import { greetVisitor } from "../visitor-session.ts";
import { agentTokenMs, readAgentToken } from "../visitor-token.ts";
import { identifyVisitor } from "./identify.ts";

/**
 * The first frame. It is answered with `ok` at once, whatever storage does; logs follow when they were read. Who holds no
 * conversation, offers no message and no signed identity causes no statement.
 */
export function openSession(
  rooms: Rooms,
  connection: Connection,
  info: CarrierInfo,
  hello: Hello,
): Promise<void> | void {
  if (hello.credential.role === "agent") return openAgent(rooms, connection, hello, hello.credential.token);
  const site = rooms.directory.siteByKey(hello.credential.site);
  if (!site) return connection.end("unauthenticated", "no such site");
  if (!originAllowed(site, info.origin)) return connection.end("origin", "this origin is not one of the site's");
  return openVisitor(rooms, connection, info, site, hello);
}

// ---------------------------------------------------------------- visitors

function openVisitor(
  rooms: Rooms,
  connection: Connection,
  info: CarrierInfo,
  site: SiteRecord,
  hello: Hello,
): Promise<void> | void {
  if (hello.credential.role !== "visitor") return;
  const { principal, token } = greetVisitor(rooms, site, hello.credential, hello.visit?.load ?? "");
  const session = begin(rooms, connection, principal, hello);
  const fenced = claim(rooms, session, hello);
  if (hello.visit) rooms.presence.arrive(session, principal, info, hello.visit);
  const ok = okFrame(rooms, session, principal.visitor, fenced);
  connection.send({ ...ok, ...(token === null ? {} : { token }), site: rooms.sites.of(site) });
  if (principal.visit) showInvitation(rooms, session, principal.visit);
  const identified = hello.identity ? identifyVisitor(rooms, session, principal, hello.identity) : undefined;
  if (!identified) return openThread(rooms, session, principal, hello);
  return identified.then(() => {
    if (session.open) openThread(rooms, session, principal, hello);
  });
}

function openThread(rooms: Rooms, session: Session, principal: VisitorPrincipal, hello: Hello): void {
  const offers = session.producers.length > 0 && hello.producers.some((offer) => offer.outgoing.length > 0);
  const holds = hello.positions.some((position) => position.epoch !== "" || position.address !== "current");
  if (hello.positions.length === 0 && !offers && hello.identity?.signature === undefined) return;
  const mustRead = offers || holds || hello.identity?.signature !== undefined;
  rooms.threads.open(session, principal, hello.positions, mustRead);
}

/** No list: every origin. */
function originAllowed(site: SiteRecord, origin: string): boolean {
  const { origins } = site.settings;
  return origins.length === 0 || origins.includes(origin);
}

// ---------------------------------------------------------------- agents

function openAgent(rooms: Rooms, connection: Connection, hello: Hello, token: string): void {
  const claims = readAgentToken(rooms.signer, token, rooms.clock.now());
  if (claims === "expired" || claims === "unauthenticated") return connection.end(claims, "this token is no good");
  if (rooms.agents.wasSignedOutSince(claims.expires - agentTokenMs, claims.tenant, claims.agent))
    return connection.end("expired", "this token was bought before the sign-out");
  const record = rooms.directory.agent(claims.tenant, claims.agent);
  if (!record || record.disabled) return connection.end("unauthenticated", "no such agent");
  const principal = actorOf(record) as AgentPrincipal;
  const session = begin(rooms, connection, principal, hello);
  session.signIn = claims.signIn;
  const fenced = claim(rooms, session, hello);
  rooms.agents.arrived(session, principal);
  const { name, role, available } = record;
  const tenant = rooms.directory.tenant(record.tenant)?.name ?? "";
  const agent = { name, role, tenant, available, ...(record.face === null ? {} : { face: record.face }) };
  connection.send({ ...okFrame(rooms, session, record.id, fenced), agent });
  for (const position of positionsOf(hello)) openAgentLog(rooms, session, principal, position);
}

/** What is named only because something is to be sent there is opened too. */
function positionsOf(hello: Hello): LogPosition[] {
  const positions = [...hello.positions];
  for (const { outgoing } of hello.producers) {
    for (const { address } of outgoing) {
      if (positions.some((position) => position.address === address)) continue;
      positions.push({ address, epoch: "", seen: 0, delivered: 0, read: 0 });
    }
  }
  return positions;
}

// ---------------------------------------------------------------- both

function begin(rooms: Rooms, connection: Connection, principal: Session["principal"], hello: Hello): Session {
  const session = new Session(rooms.ids.id(), connection, principal);
  connection.visible = hello.visible;
  connection.opened(session);
  rooms.sessions.greeted(session);
  rooms.metrics.count("hellos", 1, { carrier: connection.carrier, role: principal.type });
  return session;
}

/** Returns the producers that must not be used. */
function claim(rooms: Rooms, session: Session, hello: Hello): string[] {
  const fenced: string[] = [];
  for (const offer of hello.producers) {
    const { producer, outgoing } = offer;
    if (!rooms.producers.claim(session, offer)) {
      fenced.push(producer);
      continue;
    }
    session.producers = session.producers.concat(producer);
    if (outgoing.length > 0) session.offers = session.offers.concat(outgoing.map((range) => ({ producer, ...range })));
  }
  return fenced;
}

function okFrame(rooms: Rooms, session: Session, principal: string, fenced: string[]): Ok {
  const { settings, clock } = rooms;
  const { gatewayName: gateway, heartbeatMs } = settings;
  return { kind: "ok", session: session.id, gateway, now: clock.now(), heartbeatMs, principal, fenced };
}
