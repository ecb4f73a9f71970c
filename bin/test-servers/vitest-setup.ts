import { hireKeeper } from "./hire-keeper.ts";

/** Vitest's global set-up: one keeper for the whole run; what is returned ends it. */
export async function setup(): Promise<() => Promise<void>> {
  const keeper = await hireKeeper();
  process.env.TEST_SERVERS_URL = keeper.url;
  return keeper.dismiss;
}
