/** A tenant with a site and agents. */
import * as v from "valibot";
import type { Role } from "../../protocol/frames.ts";
import type { AgentRecord, SiteRecord, SiteSettings, TenantRecord } from "../../storage/records.ts";
import type { Storage } from "../../storage/storage.ts";
import { hashPassword } from "../accounts/password.ts";
import { newSiteSecret, newSiteSettings } from "../http/api/site-routes.ts";
import * as schemas from "../http/schemas.ts";
import { Failure } from "./failure.ts";

export interface NewTenant {
  readonly tenant: string;
  readonly site: { readonly key: string; readonly name: string; readonly settings?: Partial<SiteSettings> };
  readonly agents: readonly { email: string; name: string; role: Role; password: string; face?: string }[];
}

export async function createTenant(
  storage: Storage,
  wanted: NewTenant,
): Promise<{ tenant: TenantRecord; site: SiteRecord; agents: AgentRecord[] }> {
  for (const agent of wanted.agents) await refuseBadAgent(storage, agent);
  const tenant = await storage.createTenant(wanted.tenant);
  const site = await storage.createSite(tenant.tenant, {
    key: wanted.site.key,
    name: wanted.site.name,
    secret: newSiteSecret(),
    settings: { ...newSiteSettings, ...wanted.site.settings },
  });
  const agents: AgentRecord[] = [];
  for (const agent of wanted.agents) {
    const { email, name, role, face } = agent;
    const passwordHash = await hashPassword(agent.password);
    const created = await storage.createAgent(tenant.tenant, {
      email,
      name,
      role,
      passwordHash,
      ...(face === undefined ? {} : { face }),
    });
    if (created === "conflict")
      throw new Failure(`The e-mail address ${email} is taken by another agent of this installation.`);
    agents.push(created);
  }
  return { tenant, site, agents };
}

async function refuseBadAgent(storage: Storage, agent: { email: string; name: string }): Promise<void> {
  if (!v.safeParse(schemas.email, agent.email).success) throw new Failure(`${agent.email} is no e-mail address.`);
  if (!v.safeParse(schemas.name, agent.name).success)
    throw new Failure("The name must have 1 to 120 characters, without control characters.");
  if ((await storage.agentByEmail(agent.email)) !== null)
    throw new Failure(`The e-mail address ${agent.email} is taken by another agent of this installation.`);
}
