/** What `npm run fuzz` does, in small: some thousand frames of strangers, and neighbours who notice nothing. */
import { expect, it } from "vitest";
import { runFuzz } from "./fuzz/run-fuzz.ts";

it("strangers who say anything at all harm nobody, are refused with a code, and leave nothing behind", async () => {
  const plan = { seed: 7, frames: 2500, lanes: 16, looks: 1, settleMs: 0, progress: () => undefined };
  const { frames, neighbourMessages, floodRefused, witness, faults } = await runFuzz(plan);
  expect(faults).toEqual([]);
  expect(frames).toBeGreaterThan(plan.frames);
  expect(neighbourMessages).toBeGreaterThan(0);
  expect(floodRefused).toBeGreaterThan(0);
  // Every kind of refusal that strangers can bring about by words alone.
  for (const code of [
    "invalid",
    "unknown-frame",
    "forbidden",
    "gap",
    "fenced",
    "not-found",
    "malformed",
    "unauthenticated",
  ])
    expect([...witness.refusals.keys()]).toContain(code);
});
