/** Tenants, sites and agents in memory: few rows, needed by every frame. */
import type { AgentRecord, SiteRecord, TenantRecord } from "../../storage/records.ts";
import type { Storage } from "../../storage/storage.ts";
import type { Directory } from "./core.ts";

export class LiveDirectory implements Directory {
  readonly #storage: Storage;
  #tenants = new Map<number, TenantRecord>();
  #sitesByKey = new Map<string, SiteRecord>();
  #sites = new Map<number, Map<number, SiteRecord>>();
  #agents = new Map<number, Map<string, AgentRecord>>();

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  tenant(tenant: number): TenantRecord | undefined {
    return this.#tenants.get(tenant);
  }

  tenants(): readonly TenantRecord[] {
    return [...this.#tenants.values()];
  }

  siteByKey(key: string): SiteRecord | undefined {
    return this.#sitesByKey.get(key);
  }

  site(tenant: number, site: number): SiteRecord | undefined {
    return this.#sites.get(tenant)?.get(site);
  }

  sites(tenant: number): readonly SiteRecord[] {
    return [...(this.#sites.get(tenant)?.values() ?? [])];
  }

  agent(tenant: number, agent: string): AgentRecord | undefined {
    return this.#agents.get(tenant)?.get(agent);
  }

  agents(tenant: number): readonly AgentRecord[] {
    return [...(this.#agents.get(tenant)?.values() ?? [])];
  }

  /** What an agent said about itself, before storage has it. */
  setAvailable(tenant: number, agent: string, available: boolean): void {
    const record = this.agent(tenant, agent);
    if (record) this.#agents.get(tenant)?.set(agent, { ...record, available });
  }

  /** All or nothing: while it fails, what was known stays. */
  async reload(): Promise<void> {
    const [tenants, sites, agents] = await Promise.all([
      this.#storage.tenants(),
      this.#storage.sites(null),
      this.#storage.agents(null),
    ]);
    this.#tenants = new Map(tenants.map((tenant) => [tenant.tenant, tenant]));
    this.#sitesByKey = new Map(sites.map((site) => [site.key, site]));
    this.#sites = byTenant(sites, (site) => site.site);
    this.#agents = byTenant(agents, (agent) => agent.id);
  }
}

function byTenant<K, T extends { tenant: number }>(rows: readonly T[], keyOf: (row: T) => K): Map<number, Map<K, T>> {
  const tenants = new Map<number, Map<K, T>>();
  for (const row of rows) {
    const own = tenants.get(row.tenant) ?? new Map<K, T>();
    own.set(keyOf(row), row);
    tenants.set(row.tenant, own);
  }
  return tenants;
}
