/** Sites of the tenant: what the snippet's key stands for. */
import { randomBytes } from "node:crypto";
import * as v from "valibot";
import type { SiteInfo } from "../../../protocol/api.ts";
import type { AgentRecord, SiteRecord, SiteSettings } from "../../../storage/records.ts";
import { actorOf, may } from "../../core/permissions.ts";
import { ApiFailure } from "../api-error.ts";
import { parsed } from "../parsed.ts";
import { ok, type Route } from "../route.ts";
import * as schemas from "../schemas.ts";
import { refuseUnknownDepartments } from "./departments.ts";
import type { ApiPorts } from "./ports.ts";

const dayMs = 86_400_000;

export const newSiteSettings: SiteSettings = {
  side: "right",
  origins: [],
  previews: false,
  remembers: false,
  requireSignature: false,
  reopenMs: 7 * dayMs,
};

/** Signs identities: 256 bits, hexadecimal, so that it survives every copy and paste. */
export function newSiteSecret(): string {
  return randomBytes(32).toString("hex");
}

export function siteRoutes(ports: ApiPorts): Route[] {
  const { storage, core } = ports;
  return [
    {
      method: "GET",
      path: "/api/v1/sites",
      summary: "All sites; the signing secret only for whoever may change them",
      access: "signed-in",
      action: "read-sites",
      answer: v.array(schemas.siteInfo),
      status: 200,
      handle: async (_context, who) =>
        ok((await storage.sites(who.agent.tenant)).map((site) => siteInfo(site, who.agent))),
    },
    {
      method: "POST",
      path: "/api/v1/sites",
      summary: "Add a site",
      access: "signed-in",
      action: "manage-sites",
      body: schemas.newSite,
      answer: schemas.siteInfo,
      status: 201,
      async handle({ body }, who) {
        const { name } = parsed(schemas.newSite, body);
        const site = await storage.createSite(who.agent.tenant, {
          key: randomBytes(9).toString("base64url"),
          name,
          secret: newSiteSecret(),
          settings: newSiteSettings,
        });
        await core.siteChanged(who.agent.tenant);
        return { status: 201, body: siteInfo(site, who.agent) };
      },
    },
    {
      method: "PATCH",
      path: "/api/v1/sites/:key",
      summary: "Change a site's name and switches",
      access: "signed-in",
      action: "manage-sites",
      body: schemas.siteChange,
      answer: schemas.siteInfo,
      status: 200,
      async handle({ body, parameters }, who) {
        const change = parsed(schemas.siteChange, body);
        const present = (await storage.sites(who.agent.tenant)).find((site) => site.key === parameters.key);
        if (present === undefined) throw new ApiFailure("not-found", "no such site");
        const { department } = change;
        await refuseUnknownDepartments(ports, who, "department", typeof department === "number" ? [department] : []);
        const site = await storage.updateSite(who.agent.tenant, present.site, {
          ...(department === undefined ? {} : { department }),
          ...(change.name === undefined ? {} : { name: change.name }),
          settings: changedSettings(present.settings, change),
        });
        if (site === null) throw new ApiFailure("not-found", "no such site");
        await core.siteChanged(who.agent.tenant);
        return ok(siteInfo(site, who.agent));
      },
    },
  ];
}

function changedSettings(present: SiteSettings, change: v.InferOutput<typeof schemas.siteChange>): SiteSettings {
  const { color: presentColor, ...rest } = present;
  const color = change.color === undefined ? presentColor : (change.color ?? undefined);
  return {
    ...rest,
    ...(color === undefined ? {} : { color }),
    side: change.side ?? present.side,
    origins: change.origins ?? present.origins,
    previews: change.previews ?? present.previews,
    remembers: change.remembers ?? present.remembers,
    requireSignature: change.requireSignature ?? present.requireSignature,
    reopenMs: change.reopenDays === undefined ? present.reopenMs : change.reopenDays * dayMs,
  };
}

function siteInfo(site: SiteRecord, reader: AgentRecord): SiteInfo {
  const { color, side, origins, previews, remembers, requireSignature, reopenMs } = site.settings;
  const facts = {
    key: site.key,
    name: site.name,
    color: color ?? null,
    side,
    origins,
    previews,
    remembers,
    requireSignature,
  };
  const managing = may(actorOf(reader), "manage-sites", { tenant: site.tenant, department: null });
  return {
    ...facts,
    reopenDays: Math.round(reopenMs / dayMs),
    department: site.department,
    ...(managing ? { secret: site.secret } : {}),
  };
}
