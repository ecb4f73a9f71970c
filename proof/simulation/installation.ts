/** What stands in the database before anybody comes. Made once for all runs of this program. */

import { visitorIdOf } from "../../gateway/core/visitor-token.ts";
import { createSigner } from "../../gateway/machine/signer.ts";
import { createSeededRandom } from "../../protocol/testing/seeded-random.ts";
import type { Dialect } from "../../storage/dialects/dialect.ts";
import type { AgentRecord, SiteRecord, Storage } from "../../storage/storage.ts";
import { type Backup, backupOf, masterKey, openBase } from "./database.ts";

export interface Installation {
  readonly base: Dialect;
  /** Reads what is stored, whatever gateways can reach. */
  readonly storage: Storage;
  readonly empty: Backup;
  readonly tenant: number;
  readonly site: SiteRecord;
  readonly agents: ReadonlyMap<string, AgentRecord>;
  readonly signer: ReturnType<typeof createSigner>;
}

const agentNames = ["x1", "x2"];
const beganAt = 1_690_000_000_000;

let made: Promise<Installation> | undefined;

export function installation(): Promise<Installation> {
  made ??= make();
  return made;
}

export function secretOf(person: string): string {
  return `secretsecretsecret--${person}`;
}

export function visitorOf({ signer, tenant, site }: Installation, person: string): string {
  return visitorIdOf(signer, tenant, site.site, secretOf(person));
}

async function make(): Promise<Installation> {
  const random = createSeededRandom(1);
  const { base, storage } = await openBase(random.fraction, () => beganAt);
  const { tenant } = await storage.createTenant("Northslope");
  const site = await storage.createSite(tenant, {
    key: "shop",
    name: "Shop",
    secret: "s3cret",
    settings: {
      side: "right",
      origins: [],
      previews: true,
      remembers: false,
      requireSignature: false,
      reopenMs: 600_000,
    },
  });
  const agents = new Map<string, AgentRecord>();
  for (const name of agentNames) {
    const email = `${name}@example.com`;
    const agent = await storage.createAgent(tenant, { email, name, role: "admin", passwordHash: "x" });
    if (agent !== "conflict") agents.set(name, agent);
  }
  return { base, storage, empty: await backupOf(base), tenant, site, agents, signer: createSigner(masterKey) };
}
