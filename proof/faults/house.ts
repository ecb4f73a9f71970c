/** The tenant in which a run plays. */
import { randomBytes } from "node:crypto";
import { hashPassword } from "../../gateway/accounts/password.ts";
import { createTenant } from "../../gateway/cli/create-tenant.ts";
import { visitorIdOf } from "../../gateway/core/visitor-token.ts";
import { createSigner } from "../../gateway/machine/signer.ts";
import { openStorage } from "../../storage/open-storage.ts";
import type { Storage } from "../../storage/storage.ts";

export interface House {
  /** A connection of the laboratory's own, which reads what is stored. */
  storage: Storage;
  readonly tenant: number;
  readonly siteKey: string;
  /** Another tenant, for crowds that nobody of the cast can see. */
  readonly crowd: { readonly tenant: number; readonly siteKey: string };
  readonly masterKey: string;
  readonly password: string;
  emailOf(agent: string): string;
  visitorOf(secret: string): string;
  /** While nobody has the database open, `work` may change it from outside. */
  reopen(work: () => Promise<void>): Promise<void>;
}

/** Consumers of the logs: the product's, and the laboratory's. */
export const consumer = "laboratory";

const password = "right-horse-battery";
let hashed: Promise<string> | undefined;

export async function furnish(databaseUrl: string, agents: readonly string[]): Promise<House> {
  const masterKey = randomBytes(32);
  const open = () => openStorage(databaseUrl, { migrate: "always", masterKey, consumers: ["search", consumer] });
  const storage = await open();
  const emailOf = (agent: string): string => `${agent}@north.example`;
  const { tenant, site } = await createTenant(storage, {
    tenant: "North",
    site: { key: "north", name: "North" },
    agents: [],
  });
  const crowd = await createTenant(storage, { tenant: "Crowd", site: { key: "crowd", name: "Crowd" }, agents: [] });
  hashed ??= hashPassword(password);
  for (const name of agents) {
    const agent = { email: emailOf(name), name, role: "admin" as const, passwordHash: await hashed };
    if ((await storage.createAgent(tenant.tenant, agent)) === "conflict") throw new Error(`${name} exists`);
  }
  const signer = createSigner(masterKey);
  const house: House = {
    storage,
    tenant: tenant.tenant,
    siteKey: site.key,
    crowd: { tenant: crowd.tenant.tenant, siteKey: crowd.site.key },
    masterKey: masterKey.toString("hex"),
    password,
    emailOf,
    visitorOf: (secret) => visitorIdOf(signer, tenant.tenant, site.site, secret),
    async reopen(work) {
      await house.storage.close();
      await work();
      house.storage = await open();
    },
  };
  return house;
}
