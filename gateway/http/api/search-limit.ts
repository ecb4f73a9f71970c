/**
 * How many searches run at once, so that a storm of them starves nobody who reads. Who types searches again and again: an
 * agent has one search that runs and one that waits, and a newer one takes the place of the one that waits.
 */
import { ApiFailure } from "../api-error.ts";

export const maxSearchesPerTenant = 4;
/** Of all tenants. */
export const maxSearches = 8;
const retryAfterMs = 1000;

export interface SearchLimit {
  /** Rejects with `busy` where there is no room, or a newer search of this agent has come. */
  run<Found>(tenant: number, agent: string, search: () => Promise<Found>): Promise<Found>;
}

interface Waiting {
  readonly go: () => void;
  readonly giveUp: () => void;
}

export function createSearchLimit(): SearchLimit {
  const perTenant = new Map<number, number>();
  const searching = new Set<string>();
  const waiting = new Map<string, Waiting>();

  const begin = (tenant: number, agent: string): void => {
    const running = perTenant.get(tenant) ?? 0;
    if (searching.size >= maxSearches || running >= maxSearchesPerTenant) throw busy();
    perTenant.set(tenant, running + 1);
    searching.add(agent);
  };
  /** Resolves with the place of the agent's search that runs now. */
  const inherit = (agent: string): Promise<void> => {
    waiting.get(agent)?.giveUp();
    return new Promise((go, reject) => waiting.set(agent, { go, giveUp: () => reject(busy()) }));
  };
  const end = (tenant: number, agent: string): void => {
    const heir = waiting.get(agent);
    waiting.delete(agent);
    if (heir) return heir.go();
    searching.delete(agent);
    const running = (perTenant.get(tenant) ?? 1) - 1;
    if (running > 0) perTenant.set(tenant, running);
    else perTenant.delete(tenant);
  };

  return {
    async run(tenant, agent, search) {
      if (searching.has(agent)) await inherit(agent);
      else begin(tenant, agent);
      try {
        return await search();
      } finally {
        end(tenant, agent);
      }
    },
  };
}

function busy(): ApiFailure {
  return new ApiFailure("busy", "too many searches at once", { retryAfterMs });
}
