import { defineConfig } from "@playwright/test";
import { desktop, launchOptions } from "./browser.ts";

/** Every scenario has a gateway, a database and browsers of its own; two run at a time. */
export default defineConfig({
  testDir: "specs",
  outputDir: "../test-results",
  workers: 2,
  fullyParallel: true,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  // A broken line is noticed by a missing ack after 10 s.
  expect: { timeout: 25_000 },
  reporter: "list",
  use: { ...desktop, launchOptions, actionTimeout: 25_000, navigationTimeout: 25_000, trace: "retain-on-failure" },
});
