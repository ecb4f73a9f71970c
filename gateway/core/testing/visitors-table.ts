/** The table of visitors before the eyes of an agent, in a fresh installation for each test. */
import { beforeEach, expect } from "vitest";
import { viewTickMs } from "../../../protocol/limits.ts";
import type { VisitorRow } from "../../../protocol/rows.ts";
import type { TestAgent, TestVisitor } from "./house.ts";
import { house, openHouseBeforeEach } from "./house-of-each-test.ts";

/** Watches the visitors, in the test that runs. */
export let agent: TestAgent;

export function watchVisitorsBeforeEach(): void {
  openHouseBeforeEach({ maxSessions: 20_000, maxSessionsPerAddress: 20_000 });
  beforeEach(async () => {
    agent = await house.agentAt().arrives();
    agent.say({ kind: "watch", view: "visitors" });
  });
}

/** The table as the agent's page would hold it: snapshot pages, then numbered differences. */
export function table(of: TestAgent = agent, view = "visitors"): Map<string, VisitorRow> {
  const rows = new Map<string, VisitorRow>();
  let id = "";
  let number = 0;
  for (const frame of of.socket.frames) {
    if (frame.kind === "snapshot" && frame.view === view) {
      if (frame.id !== id) rows.clear();
      id = frame.id;
      number = frame.number;
      for (const row of frame.rows) rows.set(row.key, row as VisitorRow);
    }
    if (frame.kind === "difference" && frame.view === view) {
      if (frame.id !== id) continue;
      expect(frame.number).toBe(number + 1);
      number = frame.number;
      for (const row of frame.upserts) rows.set(row.key, row as VisitorRow);
      for (const key of frame.removes) rows.delete(key);
    }
  }
  return rows;
}
export const rows = (): VisitorRow[] => [...table().values()];
export const tick = (): void => house.clock.advance(viewTickMs);

/** The next page of the same browser, with a new secret, as before first use. */
export async function nextPage(
  from: TestVisitor,
  url: string,
  change: Partial<TestVisitor> = {},
): Promise<TestVisitor> {
  const next = house.visitor({ info: from.info, site: from.site });
  Object.assign(next, { url, referrer: from.url, title: url }, change);
  return next.arrives();
}
