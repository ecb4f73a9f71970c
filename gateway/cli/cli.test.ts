import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { errorMeanings } from "../../protocol/errors.ts";
import { freshDatabase, mariadbUrl } from "../../storage/test-databases.ts";
import { openAgentSocket } from "../testing/agent-socket.ts";
import { ApiClient } from "../testing/test-gateway.ts";
import { runBeckon, startBeckon } from "./testing/run-beckon.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "beckon-cli-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const setUp = ["setup", "--tenant", "Shop", "--email", "me@shop.example", "--name", "Me"];

/** One sentence, no stack. */
function sentenceOf(errors: string): string {
  expect(errors.trim().split("\n")).toHaveLength(1);
  return errors.trim();
}

interface Ready {
  url: string;
  admin: string;
  demo: string;
  site: string;
  agents: { email: string; password: string }[];
}

async function startDemo(environment: Record<string, string> = {}) {
  const running = startBeckon(["demo", "--json"], { PORT: "0", BECKON_DATA: folder, ...environment });
  const ready = JSON.parse(await running.line((line) => line.startsWith("{"))) as Ready & { ready: boolean };
  return { running, ready };
}

describe("npm start", () => {
  test("is ready with links and logins that work, keeps them for the owner alone, and ends cleanly", async () => {
    const { running, ready } = await startDemo();
    expect(ready).toMatchObject({
      ready: true,
      admin: `${ready.url}/admin/`,
      demo: `${ready.url}/demo/`,
      site: "demo",
    });
    expect(ready.agents).toHaveLength(2);
    for (const { email, password } of ready.agents) await new ApiClient(ready.url).signIn(email, password);
    for (const file of ["demo-logins.json", "master.key", "beckon.sqlite"])
      expect(statSync(join(folder, file)).mode & 0o077).toBe(0);
    running.process.kill("SIGTERM");
    expect(await running.finished).toMatchObject({ code: 0, errors: "" });
  });

  test("a second start knows the same people and the same key", async () => {
    const first = await startDemo();
    first.running.process.kill("SIGINT");
    expect((await first.running.finished).code).toBe(0);
    const second = await startDemo();
    expect(second.ready.agents).toEqual(first.ready.agents);
    for (const { email, password } of second.ready.agents)
      await new ApiClient(second.ready.url).signIn(email, password);
    second.running.process.kill("SIGTERM");
    await second.running.finished;
  });

  test("passwords are shown once", async () => {
    const show = async (): Promise<string> => {
      const running = startBeckon(["demo"], { PORT: "0", BECKON_DATA: folder });
      await running.line((line) => line.includes("Ctrl-C"));
      running.process.kill("SIGINT");
      return (await running.finished).output;
    };
    const [first, second] = [await show(), await show()];
    const { password } = (JSON.parse(readFileSync(join(folder, "demo-logins.json"), "utf8")) as Ready["agents"])[0] ?? {
      password: "?",
    };
    expect(first).toContain(password);
    expect(second).not.toContain(password);
    expect(second).toContain("demo-logins.json");
  });

  test("a taken port is one sentence that names it and the way out", async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, "127.0.0.1", resolve));
    const port = String((holder.address() as AddressInfo).port);
    const { code, errors } = await runBeckon(["demo"], { PORT: port, BECKON_DATA: folder });
    holder.close();
    expect(code).toBe(1);
    expect(sentenceOf(errors)).toMatch(new RegExp(`Port ${port} .* is taken .* PORT`));
  });

  test("a second gateway on the port of the first is refused too", async () => {
    const { running, ready } = await startDemo();
    const { code, errors } = await runBeckon(["demo"], { PORT: new URL(ready.url).port, BECKON_DATA: folder });
    expect(code).toBe(1);
    expect(sentenceOf(errors)).toContain("taken");
    running.process.kill("SIGTERM");
    await running.finished;
  });

  test("a data folder that cannot be one is one sentence", async () => {
    writeFileSync(join(folder, "file"), "");
    const { code, errors } = await runBeckon(["demo"], { PORT: "0", BECKON_DATA: join(folder, "file", "data") });
    expect(code).toBe(1);
    expect(sentenceOf(errors)).toMatch(/data folder .*file\/data cannot be written .*BECKON_DATA/);
  });

  test("a data folder below one that takes no folders is one sentence", async () => {
    const { code, errors } = await runBeckon(["demo"], { PORT: "0", BECKON_DATA: "/proc/nope/data" });
    expect(code).toBe(1);
    expect(sentenceOf(errors)).toMatch(/data folder \/proc\/nope\/data cannot be written .*BECKON_DATA/);
  });

  test("a data folder is made with all that it stands in, for its owner alone", async () => {
    const data = join(folder, "new", "data");
    expect((await runBeckon(setUp, { BECKON_DATA: data })).code).toBe(0);
    expect([join(folder, "new"), data].map((path) => statSync(path).mode & 0o077)).toEqual([0, 0]);
  });

  test("a database that does not answer is one sentence", async () => {
    const environment = {
      PORT: "0",
      BECKON_DATA: folder,
      BECKON_DATABASE: "mysql://beckon:topsecret@127.0.0.1:1/beckon",
    };
    const { code, errors } = await runBeckon(["demo"], environment);
    expect(code).toBe(1);
    expect(sentenceOf(errors)).toMatch(/database .*BECKON_DATABASE/);
    expect(errors).not.toContain("topsecret");
  });

  test.each([
    [{ PORT: "eighty" }, "PORT"],
    [{ BECKON_PROT: "80" }, "BECKON_PROT"],
    [{ BECKON_TRUSTED_PROXIES: "everybody" }, "everybody"],
    [{ BECKON_CONFIG: "/nowhere/beckon.json" }, "/nowhere/beckon.json"],
    [{ BECKON_GEO_DATABASE: "/nowhere/places.mmdb" }, "/nowhere/places.mmdb"],
  ])("a malformed setting is one sentence: %o", async (environment, named) => {
    const { code, errors } = await runBeckon(["demo"], { PORT: "0", BECKON_DATA: folder, ...environment });
    expect(code).toBe(1);
    expect(sentenceOf(errors)).toContain(named);
  });

  test("a spoiled master key is refused, never replaced", async () => {
    writeFileSync(join(folder, "master.key"), "short\n");
    const { code, errors } = await runBeckon(["demo"], { PORT: "0", BECKON_DATA: folder });
    expect(code).toBe(1);
    expect(sentenceOf(errors)).toContain("master.key");
    expect(readFileSync(join(folder, "master.key"), "utf8")).toBe("short\n");
  });
});

describe("beckon for production", () => {
  test("start refuses without key and without schema, and names the command", async () => {
    const environment = { PORT: "0", BECKON_DATA: folder };
    const noKey = await runBeckon(["start"], environment);
    expect([noKey.code, sentenceOf(noKey.errors).includes("beckon setup")]).toEqual([1, true]);
    const key = "a".repeat(64);
    const noSchema = await runBeckon(["start"], { ...environment, BECKON_MASTER_KEY: key });
    expect([noSchema.code, sentenceOf(noSchema.errors).includes("beckon migrate")]).toEqual([1, true]);
  });

  test("setup, migrate, tenant, password and start on MariaDB", async () => {
    const database = await freshDatabase(await mariadbUrl());
    try {
      const environment = { PORT: "0", BECKON_DATA: folder, BECKON_DATABASE: database.url };
      const dry = await runBeckon(["migrate", "--dry-run"], environment);
      expect([dry.code, /missing .*\n\d+ to apply\.\n$/.test(dry.output)]).toEqual([0, true]);
      const setup = await runBeckon(setUp, environment);
      expect(setup).toMatchObject({ code: 0, errors: "" });
      expect((await runBeckon(["migrate"], environment)).output).toContain("The schema is up to date.");
      expect((await runBeckon(["tenant"], environment)).output).toMatch(
        /Shop\n {2}site .*\n {2}owner {2}me@shop\.example {2}Me\n/,
      );
      const again = await runBeckon(setUp, environment);
      expect([again.code, sentenceOf(again.errors).includes("me@shop.example")]).toEqual([1, true]);
      const fresh = await runBeckon(["password", "--email", "me@shop.example"], environment);
      const [password = ""] = /(?<=: )\S+/.exec(fresh.output) ?? [];
      const running = startBeckon(["start"], environment);
      const listening = JSON.parse(await running.line((line) => line.includes('"listening"'))) as {
        url: string;
        engine: string;
      };
      expect(listening.engine).toBe("mysql");
      const client = new ApiClient(listening.url);
      await client.signIn("me@shop.example", password);
      expect((await fetch(`${listening.url}/demo/identity?customer=henrik`)).status).toBe(404);
      running.process.kill("SIGTERM");
      expect(await running.finished).toMatchObject({ code: 0 });
    } finally {
      await database.drop();
    }
  });

  test("a new password ends the agent's sessions and open sockets at the gateway that runs, and nobody else's", async () => {
    const { running, ready } = await startDemo();
    const sockets = [];
    for (const { email, password } of ready.agents) {
      const client = new ApiClient(ready.url);
      await client.signIn(email, password);
      const { token } = await client.json<{ token: string }>("POST", "/api/v1/socket-token");
      sockets.push({ client, ...(await openAgentSocket(ready.url, token)) });
    }
    const [own, other] = sockets;
    const email = ready.agents[0]?.email ?? "";
    expect(await runBeckon(["password", "--email", email], { BECKON_DATA: folder })).toMatchObject({ code: 0 });
    expect((await own?.client.request("GET", "/api/v1/agents"))?.status).toBe(401);
    expect(await own?.closed).toBe(errorMeanings.unauthenticated.closeCode);
    expect(other?.socket.readyState).toBe(WebSocket.OPEN);
    expect((await other?.client.request("GET", "/api/v1/agents"))?.status).toBe(200);
    running.process.kill("SIGTERM");
    await running.finished;
  });

  test("SIGTERM tells clients to go, then closes their sockets with a code", async () => {
    const { running, ready } = await startDemo();
    const socket = new WebSocket(`${ready.url.replace("http", "ws")}/ws`, {
      headers: { "user-agent": "Mozilla/5.0 Chrome/144.0" },
    });
    const heard: string[] = [];
    const closed = new Promise<number>((resolve) => socket.on("close", resolve));
    const welcomed = new Promise<void>((resolve) => {
      socket.on("message", (data) => {
        heard.push(String(data));
        resolve();
      });
    });
    const id = "a".repeat(22);
    const hello = {
      kind: "hello",
      version: 1,
      credential: { role: "visitor", site: "demo", secret: `${"s".repeat(21)}A` },
      carrier: "websocket",
      visible: true,
      producers: [],
      positions: [],
    };
    const visit = {
      load: id,
      page: { url: "https://x.example/", title: "x", referrer: "" },
      pageAgeMs: 0,
      attributes: {},
      locale: "en",
      timeZone: "UTC",
      screen: "1x1",
    };
    const { encodeClientFrame } = await import("../../protocol/codec.ts");
    socket.on("open", () => socket.send(encodeClientFrame({ ...hello, kind: "hello", visit } as never, JSON)));
    await welcomed;
    running.process.kill("SIGTERM");
    expect(await closed).not.toBe(1006);
    const { decodeServerMessage } = await import("../../protocol/codec.ts");
    const kinds = heard.flatMap((text) => decodeServerMessage(text, JSON)).map((frame) => frame.kind);
    expect(kinds).toContain("ok");
    expect(kinds).toContain("go");
    expect((await running.finished).code).toBe(0);
  });

  test("help is there for every command, and an unknown one is refused", async () => {
    const overview = await runBeckon(["--help"], {});
    for (const name of ["start", "setup", "migrate", "tenant", "password", "demo"]) {
      expect(overview.output).toContain(name);
      expect((await runBeckon([name, "--help"], {})).output).toContain(`beckon ${name}`);
    }
    const unknown = await runBeckon(["strat"], {});
    expect([unknown.code, sentenceOf(unknown.errors).includes("strat")]).toEqual([1, true]);
    expect(existsSync(join(folder, "master.key"))).toBe(false);
    chmodSync(folder, 0o700);
  });
});
