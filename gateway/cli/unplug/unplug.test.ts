import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Running, runBeckon, startBeckon } from "../testing/run-beckon.ts";
import type { StageState } from "./stage.ts";

const folder = mkdtempSync(join(tmpdir(), "beckon-unplug-"));
const running: Running[] = [];
afterAll(async () => {
  for (const program of running) {
    program.process.kill("SIGKILL");
    await program.finished;
  }
  rmSync(folder, { recursive: true, force: true });
});

function start(words: readonly string[], data: string): Running {
  const program = startBeckon(words, environment(data));
  running.push(program);
  return program;
}

const environment = (data: string) => ({ PORT: "0", BECKON_DATA: join(folder, data), PATH: process.env.PATH ?? "" });

const post = (url: string, origin: string, body?: unknown): Promise<Response> =>
  fetch(url, { method: "POST", headers: { origin }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });

async function openStage(demo: string): Promise<string> {
  const answer = await post(`${demo}/demo/unplug/open`, demo);
  expect(answer.status).toBe(200);
  return new URL(((await answer.json()) as { url: string }).url).origin;
}

async function stateOf(stage: string): Promise<StageState> {
  return (await post(`${stage}/unplug/state`, stage)).json() as Promise<StageState>;
}

async function until<T>(look: () => Promise<T>, holds: (seen: T) => boolean): Promise<T> {
  for (;;) {
    const seen = await look();
    if (holds(seen)) return seen;
    await new Promise((later) => setTimeout(later, 20));
  }
}

/** `fetch` lets nobody choose the Host. */
function statusFor(url: string, host: string, headers: Record<string, string> = {}, method = "POST"): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers: { ...headers, host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    sent.on("error", reject);
    sent.end();
  });
}

test("a production gateway has neither the way to the stage nor its switches", async () => {
  const setUp = ["setup", "--tenant", "Shop", "--email", "me@shop.example", "--name", "Me"];
  expect((await runBeckon(setUp, environment("production"))).code).toBe(0);
  const listening = await start(["start"], "production").line((line) => line.includes('"event":"listening"'));
  const { url } = JSON.parse(listening) as { url: string };
  for (const path of ["/demo/unplug/open", "/unplug/", "/unplug/state", "/unplug/switch", "/unplug/assets/stage.js"]) {
    expect((await post(url + path, url)).status, path).toBe(404);
    expect((await fetch(url + path)).status, path).toBe(404);
  }
  expect(existsSync(join(folder, "production", "unplug"))).toBe(false);
});

describe("the demo", () => {
  const data = join(folder, "demo", "unplug");
  let program: Running;
  let demo: string;
  let stage: string;

  beforeAll(async () => {
    program = start(["demo", "--json"], "demo");
    demo = (JSON.parse(await program.line((line) => line.startsWith("{"))) as { url: string }).url;
  });

  const turn = (name: string, broken: boolean) => post(`${stage}/unplug/switch`, stage, { name, broken });
  const session = () =>
    fetch(`${stage}/api/v1/session`).then(
      (answer) => answer.status,
      () => 0,
    );

  test("opens a stage for a page of its own on this machine, and for nobody else", async () => {
    const way = `${demo}/demo/unplug/open`;
    // A name of somebody else that points to this machine.
    const rebound = `evil.example:${new URL(demo).port}`;
    expect((await fetch(way)).status).toBe(405);
    expect((await fetch(way, { method: "POST" })).status).toBe(403);
    expect((await post(way, "http://evil.example")).status).toBe(403);
    expect((await post(way, "http://127.0.0.1:1")).status).toBe(403);
    expect(await statusFor(way, rebound, { origin: `http://${rebound}` })).toBe(403);
    expect(existsSync(data)).toBe(false);
    stage = await openStage(demo);
    expect(new URL(stage).hostname).toBe("127.0.0.1");
    expect(statSync(data).mode & 0o077).toBe(0);
  });

  test("obeys that page alone", async () => {
    const wish = { name: "gateway", broken: true };
    for (const path of ["/unplug/state", "/unplug/switch"]) {
      expect((await fetch(stage + path)).status).toBe(405);
      expect((await post(stage + path, "http://evil.example", wish)).status).toBe(403);
      // The shop's page is not the stage's.
      expect((await post(stage + path, demo, wish)).status).toBe(403);
      expect(await statusFor(stage + path, "evil.example", { origin: "http://evil.example" })).toBe(403);
    }
    for (const path of ["/admin/", "/api/v1/session"])
      expect(await statusFor(stage + path, "evil.example", {}, "GET")).toBe(403);
    for (const body of [{ name: "shop", broken: true }, { name: "gateway" }, "gateway", "x".repeat(2000)])
      expect((await post(`${stage}/unplug/switch`, stage, body)).status).toBe(400);
    expect((await stateOf(stage)).broken).toEqual({ cable: false, gateway: false, database: false, disk: false });
  });

  test("signs the agent in at the stage's door, lets the stage frame that page, and gives the browser no cookie", async () => {
    const asked = await fetch(`${stage}/api/v1/session`);
    expect(await asked.json()).toMatchObject({ agent: { name: "Mei Lin" } });
    const page = await fetch(`${stage}/admin/`);
    expect(page.headers.get("x-frame-options")).toBe("SAMEORIGIN");
    expect(page.headers.get("content-security-policy")).toContain("frame-ancestors 'self'");
    expect([asked, page].map((answer) => answer.headers.get("set-cookie"))).toEqual([null, null]);
  });

  test("freezes the stage's database: nobody gets its lock", async () => {
    const beside = new Database(join(data, "beckon.sqlite"), { timeout: 0 });
    const take = () => beside.prepare("BEGIN IMMEDIATE").run([]);
    await turn("database", true);
    expect(take).toThrow("locked");
    expect((await stateOf(stage)).stored).toEqual([]);
    await turn("database", false);
    await until(
      async () => {
        try {
          return take();
        } catch {
          return null;
        }
      },
      (taken) => taken !== null,
    );
    beside.close();
  });

  test("fills the disk for the stage's gateway, also for its next process: nothing is stored, and then it is again", async () => {
    const { csrf } = (await (await fetch(`${stage}/api/v1/session`)).json()) as { csrf: string };
    const rename = () =>
      fetch(`${stage}/api/v1/me`, {
        method: "PATCH",
        headers: { "content-type": "application/json", "x-beckon-csrf": csrf },
        body: JSON.stringify({ name: "Mei" }),
      }).then(({ status }) => status);
    expect((await stateOf(stage)).canFillDisk).toBe(true);
    await turn("disk", true);
    expect(await rename()).toBeGreaterThanOrEqual(500);
    await turn("gateway", true);
    await turn("gateway", false);
    await until(session, (status) => status === 200);
    expect(await rename()).toBeGreaterThanOrEqual(500);
    await turn("disk", false);
    await until(rename, (status) => status === 200);
  });

  test("kills the stage's gateway and starts it again; the shop's goes on", async () => {
    await until(session, (status) => status === 200);
    await turn("gateway", true);
    expect((await stateOf(stage)).gateway).toBe("stopped");
    expect(await session()).toBe(0);
    expect((await fetch(`${demo}/healthz`)).status).toBe(200);
    await turn("gateway", false);
    await until(session, (status) => status === 200);
  });

  test("opened anew it is another stage, and the one before is gone; it leaves nothing behind", async () => {
    const next = await openStage(demo);
    expect(next).not.toBe(stage);
    await expect(fetch(`${stage}/unplug/`)).rejects.toThrow();
    expect((await fetch(`${next}/unplug/`)).status).toBe(200);
    program.process.kill("SIGTERM");
    expect(await program.finished).toMatchObject({ code: 0, errors: "" });
    await expect(fetch(`${next}/unplug/`)).rejects.toThrow();
    expect(existsSync(data)).toBe(false);
  });
});
