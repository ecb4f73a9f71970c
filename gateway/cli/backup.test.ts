import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runBeckon, startBeckon } from "./testing/run-beckon.ts";

let folder: string;
let environment: Record<string, string>;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "beckon-cli-backup-"));
  environment = { PORT: "0", BECKON_DATA: join(folder, "data") };
  file = join(folder, "monday.sqlite");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Refused in one sentence, with exit code 1. */
async function refusal(words: readonly string[], more: Record<string, string> = {}): Promise<string> {
  const { code, output, errors } = await runBeckon(words, { ...environment, ...more });
  expect([code, output, errors.trim().split("\n").length]).toEqual([1, "", 1]);
  return errors;
}

test("backup while the gateway runs, restore when it is stopped, and start on it", async () => {
  expect(await refusal(["backup", file])).toContain("BECKON_DATA");
  const running = startBeckon(["demo", "--json"], environment);
  await running.line((line) => line.startsWith("{"));
  expect(await runBeckon(["backup", file], environment)).toMatchObject({ code: 0, errors: "" });
  expect(statSync(file).mode & 0o077).toBe(0);
  expect(await refusal(["backup", file])).toContain("is there already");
  expect(await refusal(["restore", file])).toContain("stop it first");
  running.process.kill("SIGTERM");
  expect(await running.finished).toMatchObject({ code: 0 });
  const { code, output } = await runBeckon(["restore", file], environment);
  expect(code).toBe(0);
  const [, aside = ""] = /kept in (.*)\n/.exec(output) ?? [];
  expect(statSync(aside).mode & 0o077).toBe(0);
  expect(statSync(join(folder, "data", "beckon.sqlite")).mode & 0o077).toBe(0);
  const again = startBeckon(["demo", "--json"], environment);
  await again.line((line) => line.startsWith("{"));
  again.process.kill("SIGTERM");
  expect(await again.finished).toMatchObject({ code: 0 });
});

test("what is wrong is one sentence", async () => {
  for (const command of ["backup", "restore"]) {
    expect(await refusal([command])).toContain("one file");
    expect(await refusal([command, file, "more"])).toContain("one file");
  }
  const mariadb = { BECKON_DATABASE: "mysql://beckon:topsecret@127.0.0.1:1/beckon" };
  expect(await refusal(["backup", file], mariadb)).toContain("mariadb-dump");
  expect(await refusal(["restored"], mariadb)).toContain("BECKON_DATABASE");
  expect(await refusal(["restore", file])).toContain(file);
  expect(await refusal(["restored"])).toContain("beckon migrate");
});
