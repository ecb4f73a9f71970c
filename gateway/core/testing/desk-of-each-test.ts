/** An agent who has signed in and a visitor who is on the site, before each test; and what they see. */
import { beforeEach } from "vitest";
import { receiptDelayMs, viewTickMs } from "../../../protocol/limits.ts";
import type { InboxRow, TeamRow } from "../../../protocol/rows.ts";
import type { TestAgent, TestVisitor } from "./house.ts";
import { house, openHouseBeforeEach } from "./house-of-each-test.ts";
import { settle } from "./until.ts";

export let agent: TestAgent;
export let visitor: TestVisitor;

export function openDeskBeforeEach(): void {
  openHouseBeforeEach();
  beforeEach(async () => {
    agent = await house.agentAt().arrives();
    visitor = await house.visitor().arrives();
  });
}

/** Rows of a view as the page would hold them. */
export function rowsOf<Row extends InboxRow | TeamRow>(of: TestAgent, view: string): Map<string, Row> {
  const rows = new Map<string, Row>();
  let id = "";
  for (const frame of of.socket.frames) {
    if ((frame.kind !== "snapshot" && frame.kind !== "difference") || frame.view !== view) continue;
    if (frame.kind === "snapshot" && frame.id !== id) rows.clear();
    if (frame.kind === "snapshot") id = frame.id;
    for (const row of frame.kind === "snapshot" ? frame.rows : frame.upserts) rows.set(row.key, row as Row);
    for (const key of frame.kind === "difference" ? frame.removes : []) rows.delete(key);
  }
  return rows;
}

export async function comesToRest(): Promise<void> {
  await settle();
  house.clock.advance(Math.max(viewTickMs, receiptDelayMs));
  await settle();
  house.clock.advance(viewTickMs);
  await settle();
}

export const conversationOf = (log: string): string => log.split("/")[0] ?? "";

export async function colleague(role: "agent" | "viewer" = "agent"): Promise<TestAgent> {
  const record = await house.addAgent(house.tenant, role);
  await house.core.agentChanged(house.tenant, record.id);
  return house.agentAt(record).arrives();
}
