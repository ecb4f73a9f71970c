/** `npm run faults` as somebody types it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createConnection } from "mysql2/promise";
import { afterAll, expect, it } from "vitest";
import { mariadbUrl } from "../../storage/test-databases.ts";
import type { PeersResult } from "./peers/peers-table.ts";

const folder = mkdtempSync(join(tmpdir(), "beckon-command-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function faults(...words: string[]): Promise<{ code: number; lines: string[] }> {
  const program = join(import.meta.dirname, "..", "faults.ts");
  const command = spawn(process.execPath, [program, ...words], { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  command.stdout.on("data", (part: Buffer) => {
    text += part.toString();
  });
  const [code] = (await once(command, "close")) as [number];
  return { code, lines: text.trim().split("\n") };
}

async function schemas(url: string): Promise<string[]> {
  const connection = await createConnection(url);
  const [rows] = await connection.query("SHOW DATABASES");
  await connection.end();
  return (rows as { Database: string }[]).map(({ Database }) => Database).filter((name) => name.startsWith("beckon_"));
}

const one = ["--fault", "18", "--carrier", "websocket", "--json"];
const well = { runs: 1, lost: 0, doubled: 0, reordered: 0, leaked: 0, unacked: 0 };

it("R1.1 --database takes a server that somebody has: a schema is made there, and dropped", async () => {
  const url = await mariadbUrl();
  const before = await schemas(url);
  const { code, lines } = await faults(...one, "--database", url);
  expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({
    ...well,
    faults: [{ fault: "18", carrier: "websocket", database: "mariadb", met: 1 }],
  });
  expect(code).toBe(0);
  expect((await schemas(url)).filter((name) => !before.includes(name))).toEqual([]);
});

it("R1.1 --database takes a file, --resume does not run again what was well", async () => {
  const path = join(folder, "beckon.sqlite");
  const resumePath = join(folder, "runs");
  const words = [...one, "--database", `sqlite:${path}`, "--resume", resumePath];
  const first = await faults(...words);
  expect(first.code).toBe(0);
  expect(first.lines.at(-1)).toContain('"database":"sqlite","met":1');
  expect(existsSync(path)).toBe(false);
  const kept = readFileSync(resumePath, "utf8");
  const again = await faults(...words);
  expect(again.code).toBe(0);
  expect(again.lines.at(-1)).toBe(first.lines.at(-1));
  expect(readFileSync(resumePath, "utf8")).toBe(kept);
  expect(again.lines.join()).not.toContain("in flight");
});

/** No clock ends five runs side by side; this is for one that hangs. */
const hangsMs = 600_000;

it(
  "R1.1 --peers judges the usual stacks beside Beckon, and sees what a plain socket loses",
  async () => {
    const { code, lines } = await faults("--peers", "--fault", "18", "--beside", "5", "--json");
    const { cells } = JSON.parse(lines.at(-1) ?? "") as PeersResult;
    expect(Object.fromEntries(cells.map(({ system, met }) => [system, met]))).toEqual({
      Beckon: 1,
      ws: 1,
      sockjs: 1,
      "socket.io": 1,
      "socket.io, offsets": 1,
    });
    const of = (name: string) => cells.find(({ system }) => system === name);
    expect(of("Beckon")).toMatchObject({ lost: 0, doubled: 0, reordered: 0, leaked: 0, unacked: 0 });
    expect(of("ws")?.lost).toBeGreaterThan(0);
    expect(code).toBe(0);
  },
  hangsMs,
);

it.each([
  [
    ["--database", "postgres://x"],
    "--database is sqlite, mariadb, sqlite:FILE or mysql://USER@HOST:PORT, not postgres://x",
  ],
  [["--fault", "99"], "--fault: 99 is none of"],
  [["--peers", "--fault", "7"], "--fault: 7 is none of 1, 2, 3, 16,"],
  [["--times", "0"], "--times is a whole number from 1 on"],
  [["--fault", "7", "--database", "mysql://root@127.0.0.1"], "no such fault with such a carrier and database"],
] as const)("%j is answered in a sentence", async (words, sentence) => {
  const { code, lines } = await faults(...words);
  expect(lines.join()).toContain(sentence);
  expect(lines).toHaveLength(1);
  expect(code).toBe(2);
});
