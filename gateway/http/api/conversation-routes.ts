/** Conversations, visitors and visits that are not live: what an agent asks for once. */
import type { ConversationInfo, VisitInfo, VisitorInfo } from "../../../protocol/api.ts";
import { handleOf } from "../../../protocol/handle.ts";
import type { ConversationRecord, VisitRecord } from "../../../storage/records.ts";
import { ApiFailure } from "../api-error.ts";
import { ok, type Route, type SignedIn } from "../route.ts";
import * as schemas from "../schemas.ts";
import type { ApiPorts } from "./ports.ts";
import { readableSites } from "./readable-sites.ts";

const conversationsPerPage = 50;
const earlierVisits = 20;
const visitorConversations = 50;
const pagesOfVisit = 200;
const eventsOfVisit = 100;

export function conversationRoutes(ports: ApiPorts): Route[] {
  const { storage } = ports;
  return [
    {
      method: "GET",
      path: "/api/v1/conversations",
      summary: "Closed conversations, newest first",
      access: "signed-in",
      action: "read-conversations",
      query: { before: "`next` of the page before" },
      answer: schemas.conversationPage,
      status: 200,
      async handle({ query }, who) {
        const before = readCursor(query.get("before"));
        const page = await storage.closedConversations(who.agent.tenant, before, conversationsPerPage);
        const sites = readableSites(ports.core.directory, who.agent);
        const last = page.length < conversationsPerPage ? undefined : page.at(-1);
        return ok({
          conversations: page
            .filter((entry) => sites.has(entry.site))
            .map((entry) => conversationInfo(ports, who, entry)),
          next: last === undefined ? null : `${last.lastAt}.${last.id}`,
        });
      },
    },
    {
      method: "GET",
      path: "/api/v1/conversations/:conversation",
      summary: "One conversation",
      access: "signed-in",
      action: "read-conversations",
      answer: schemas.conversationInfo,
      status: 200,
      async handle({ parameters }, who) {
        const found = await storage.conversation(who.agent.tenant, parameters.conversation ?? "");
        if (found === null || !readableSites(ports.core.directory, who.agent).has(found.site))
          throw new ApiFailure("not-found", "no such conversation");
        return ok(conversationInfo(ports, who, found));
      },
    },
    {
      method: "GET",
      path: "/api/v1/visitors/:visitor",
      summary: "A visitor: attributes, conversations, earlier visits",
      access: "signed-in",
      action: "read-conversations",
      answer: schemas.visitorInfo,
      status: 200,
      handle: async ({ parameters }, who) => ok(await visitorInfo(ports, who, parameters.visitor ?? "")),
    },
    {
      method: "GET",
      path: "/api/v1/visitors/:visitor/visits/:visit",
      summary: "An earlier visit with its pages and events",
      access: "signed-in",
      action: "read-conversations",
      answer: schemas.visitInfo,
      status: 200,
      async handle({ parameters }, who) {
        const visitor = await readableVisitor(ports, who, parameters.visitor ?? "");
        const visits = await storage.earlierVisits(who.agent.tenant, visitor.id, Number.MAX_SAFE_INTEGER, 100);
        const visit = visits.find((entry) => entry.id === parameters.visit);
        if (visit === undefined) throw new ApiFailure("not-found", "no such visit");
        const [pages, events] = await Promise.all([
          storage.pageViews(who.agent.tenant, visit.id, pagesOfVisit),
          storage.visitEvents(who.agent.tenant, visit.id, eventsOfVisit),
        ]);
        const answer: VisitInfo = {
          ...visitFacts(visit),
          pages: pages.map(({ url, title, enteredAt, leftAt }) => ({ url, title, enteredAt, leftAt })),
          events,
        };
        return ok(answer);
      },
    },
  ];
}

/** `<lastAt>.<id>`; null: from the newest on. */
function readCursor(text: string | null): { lastAt: number; id: string } | null {
  if (text === null || text === "") return null;
  const match = /^(\d{1,15})\.([\w-]{22})$/.exec(text);
  if (match === null) throw new ApiFailure("invalid", "before: is no cursor of this list", { field: "before" });
  return { lastAt: Number(match[1]), id: match[2] ?? "" };
}

export function conversationInfo(ports: ApiPorts, who: SignedIn, found: ConversationRecord): ConversationInfo {
  const { directory } = ports.core;
  const site = directory.site(who.agent.tenant, found.site);
  const assignee = found.assignee === null ? undefined : directory.agent(who.agent.tenant, found.assignee);
  return {
    id: found.id,
    site: site?.key ?? "",
    siteName: site?.name ?? "",
    status: found.status,
    visitor: found.visitor,
    name: found.name,
    email: found.email,
    verified: found.verified,
    handle: found.visitor === null ? handleOf(found.visit ?? found.id) : ports.core.handleOf(found.visitor),
    assignee: assignee === undefined ? null : { id: assignee.id, name: assignee.name, face: assignee.face },
    createdAt: found.createdAt,
    lastAt: found.lastAt,
    closedAt: found.closedAt,
    preview: found.preview,
    previewSide: found.previewSide,
  };
}

async function readableVisitor(ports: ApiPorts, who: SignedIn, id: string) {
  const visitor = await ports.storage.visitor(who.agent.tenant, id);
  if (visitor === null || !readableSites(ports.core.directory, who.agent).has(visitor.site))
    throw new ApiFailure("not-found", "no such visitor");
  return visitor;
}

async function visitorInfo(ports: ApiPorts, who: SignedIn, id: string): Promise<VisitorInfo> {
  const visitor = await readableVisitor(ports, who, id);
  const { tenant } = who.agent;
  const [conversations, count, visits] = await Promise.all([
    ports.storage.visitorConversations(tenant, id, visitorConversations),
    ports.storage.visitCount(tenant, id),
    ports.storage.earlierVisits(tenant, id, Number.MAX_SAFE_INTEGER, earlierVisits),
  ]);
  const sites = readableSites(ports.core.directory, who.agent);
  return {
    id: visitor.id,
    name: visitor.name,
    email: visitor.email,
    verified: visitor.verified,
    externalId: visitor.externalId,
    handle: ports.core.handleOf(visitor.id),
    locale: visitor.locale,
    timeZone: visitor.timeZone,
    firstSeenAt: visitor.firstSeenAt,
    lastSeenAt: visitor.lastSeenAt,
    visits: count,
    attributes: Object.entries(visitor.attributes).map(([name, value]) => ({ name, value })),
    conversations: conversations
      .filter((entry) => sites.has(entry.site))
      .map((entry) => conversationInfo(ports, who, entry)),
    earlierVisits: visits.map(visitFacts),
  };
}

function visitFacts(visit: VisitRecord) {
  const { id, startedAt, endedAt, referrer, browser, os, country, city } = visit;
  return { id, startedAt, endedAt, referrer, browser, os, country, city };
}
