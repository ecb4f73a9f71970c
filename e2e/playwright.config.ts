import { defineConfig } from "@playwright/test";
import { desktop, launchOptions } from "./browser.ts";

/** Every scenario has a gateway, a database and browsers of its own; three run at a time, which wait for each other's answers more than they compute. */
export default defineConfig({
  testDir: "specs",
  outputDir: "../test-results",
  workers: 3,
  fullyParallel: true,
  retries: 0,
  forbidOnly: true,
  // Generous all of them: no scenario may depend on how fast the machine is. A broken line is noticed by a missing ack after 10 s.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  reporter: "list",
  use: { ...desktop, launchOptions, actionTimeout: 60_000, navigationTimeout: 60_000, trace: "retain-on-failure" },
});
