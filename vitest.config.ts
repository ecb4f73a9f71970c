import { defineConfig } from "vitest/config";

const generousTimeoutMs = 120_000; // no test may depend on how fast the machine is

export default defineConfig({
  test: {
    include: ["**/*.test.ts", "**/*.test.tsx"],
    exclude: ["**/node_modules/**", "dist/**", ".cache/**", "e2e/**"],
    globalSetup: ["bin/test-servers/vitest-setup.ts"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: generousTimeoutMs,
    hookTimeout: generousTimeoutMs,
    teardownTimeout: generousTimeoutMs,
  },
});
