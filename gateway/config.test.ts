import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { ConfigError, readConfig, settings } from "./config.ts";

function refusal(environment: Record<string, string>, file?: unknown): ConfigError {
  try {
    readConfig(environment, file);
  } catch (error) {
    if (error instanceof ConfigError) return error;
  }
  throw new Error("it was accepted");
}

describe("configuration", () => {
  test("has a fallback for every key", () => {
    const config = readConfig({}, undefined);
    expect(Object.keys(config).sort()).toEqual(settings.map((setting) => setting.key).sort());
    expect(config.port).toBe(8080);
  });

  test("the environment wins over the file, the file over the fallback", () => {
    expect(readConfig({ PORT: "1" }, { port: 2 }).port).toBe(1);
    expect(readConfig({}, { port: 2 }).port).toBe(2);
    expect(readConfig({}, undefined, { logLevel: "warn" }).logLevel).toBe("warn");
    expect(readConfig({ BECKON_LOG_LEVEL: "debug" }, undefined, { logLevel: "warn" }).logLevel).toBe("debug");
  });

  test("lists come as text or as a list", () => {
    expect(readConfig({ BECKON_TRUSTED_PROXIES: "10.0.0.0/8, ::1" }, undefined).trustedProxies).toEqual([
      "10.0.0.0/8",
      "::1",
    ]);
    expect(readConfig({}, { trustedProxies: ["127.0.0.1"] }).trustedProxies).toEqual(["127.0.0.1"]);
  });

  test("an unknown variable and an unknown key are named", () => {
    expect(refusal({ BECKON_DATABSE: "x" }).message).toContain("BECKON_DATABSE");
    expect(refusal({}, { databse: "x" }).message).toContain("databse");
    expect(readConfig({ BECKON_URL: "http://x", HOME: "/" }, undefined).host).toBe("127.0.0.1");
  });

  test.each([
    ["PORT", "65536"],
    ["PORT", "-1"],
    ["PORT", "80a"],
    ["BECKON_DATABASE", "postgres://x"],
    ["BECKON_MASTER_KEY", "abc"],
    ["BECKON_LOG_LEVEL", "loud"],
    ["BECKON_PUBLIC_URL", "chat.example"],
    ["BECKON_METRICS_TOKEN", "short"],
    ["BECKON_HEARTBEAT_MS", "999"],
    ["BECKON_GATEWAY_NAME", "a b"],
  ])("%s=%s is refused, by name and without its value where that is a secret", (variable, value) => {
    const error = refusal({ [variable]: value });
    expect(error.message).toContain(variable);
    expect(error.message).toContain("must be");
  });

  test("a file that is no object, and a value of the wrong type, are refused", () => {
    expect(refusal({}, [1]).message).toContain("one JSON object");
    expect(refusal({}, { port: { a: 1 } }).message).toContain("port");
  });

  test("docs/configuration.md is the same table", () => {
    const table = readFileSync(new URL("../docs/configuration.md", import.meta.url), "utf8");
    const rows = table.split("\n").filter((line) => line.startsWith("| `"));
    const expected = settings.map(
      ({ key, variable, fallback, accepts, meaning }) =>
        `| \`${key}\` | \`${variable}\` | ${String(fallback) === "" ? "" : `\`${String(fallback)}\``} | ${accepts} | ${meaning} |`,
    );
    expect(rows).toEqual(expected);
  });
});
