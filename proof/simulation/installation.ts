/** What stands in the database before anybody comes. Made once for all runs of this program. */

import { visitorIdOf } from "../../gateway/core/visitor-token.ts";
import { createSigner } from "../../gateway/machine/signer.ts";
import type { Identity } from "../../protocol/frames.ts";
import { createSeededRandom } from "../../protocol/testing/seeded-random.ts";
import type { Dialect } from "../../storage/dialects/dialect.ts";
import type { AgentRecord, SiteRecord } from "../../storage/records.ts";
import type { Storage } from "../../storage/storage.ts";
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
/** Of another tenant. */
const strangerName = "y1";
const signedUntil = 1_900_000_000_000;
const beganAt = 1_690_000_000_000;

let made: Promise<Installation> | undefined;

export function installation(): Promise<Installation> {
  made ??= make();
  return made;
}

export function visitorOf({ signer, tenant, site }: Installation, secret: string): string {
  return visitorIdOf(signer, tenant, site.site, secret);
}

/** As the site's own server signs it (SPEC, R6.1). */
export function identityOf({ signer, site }: Installation, person: string): Identity {
  const id = `customer-${person}`;
  return { id, expires: signedUntil, signature: signer.signWith(site.secret, `${id}\n\n\n${signedUntil}`) };
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
  const other = await storage.createTenant("Elsewhere");
  for (const name of [...agentNames, strangerName]) {
    const email = `${name}@example.com`;
    const home = name === strangerName ? other.tenant : tenant;
    const agent = await storage.createAgent(home, { email, name, role: "admin", passwordHash: "x" });
    if (agent !== "conflict") agents.set(name, agent);
  }
  return { base, storage, empty: await backupOf(base), tenant, site, agents, signer: createSigner(masterKey) };
}
