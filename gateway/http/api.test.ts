import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { agentHello } from "../../loadtest/harness/people.ts";
import type { AgentInfo, ApiError, SiteInfo, SocketToken } from "../../protocol/api.ts";
import { encodeClientFrame } from "../../protocol/codec.ts";
import { errorMeanings } from "../../protocol/errors.ts";
import { maxFailuresPerAccountAndAddress } from "../accounts/login-throttle.ts";
import { minPasswordChars } from "../accounts/password.ts";
import { ApiClient, startTestGateway, type TestGateway, testPassword } from "../testing/test-gateway.ts";
import type { ApiPorts } from "./api/ports.ts";
import { maxQueryChars } from "./api/search-routes.ts";
import { apiRoutes, maxBodyBytes } from "./api.ts";

let running: TestGateway;
const owner = () => signedInAs("owner");

beforeAll(async () => {
  running = await startTestGateway();
});
afterAll(() => running.stop());

async function signedInAs(role: "owner" | "admin" | "agent" | "viewer", tenant: 0 | 1 = 0): Promise<ApiClient> {
  const client = new ApiClient(running.url);
  await client.signIn(running.tenants[tenant].emails[role]);
  return client;
}

/** An agent's socket, after the answer to its hello. */
async function socketOf(token: string): Promise<{ socket: WebSocket; closed: Promise<number> }> {
  const socket = new WebSocket(`${running.url.replace("http", "ws")}/ws`);
  const closed = new Promise<number>((resolve) => socket.on("close", resolve));
  await new Promise((resolve) => socket.on("open", resolve));
  socket.send(encodeClientFrame(agentHello(token), JSON));
  await new Promise((resolve) => socket.on("message", resolve));
  return { socket, closed };
}

async function codeOf(response: Response): Promise<string> {
  return ((await response.json()) as ApiError).error.code;
}

/** Only the table is read; nothing is called. */
const routes = apiRoutes({ core: {}, storage: {} } as unknown as ApiPorts);

/** What each route with a name in its path is asked for as a stranger of another tenant. A new route without an entry fails the suite. */
const strangersTries: Readonly<Record<string, (client: ApiClient, victim: Victim) => Promise<Response>>> = {
  "PATCH /api/v1/agents/:agent": (client, victim) =>
    client.request("PATCH", `/api/v1/agents/${victim.agent}`, { name: "taken over" }),
  "PATCH /api/v1/sites/:key": (client, victim) =>
    client.request("PATCH", `/api/v1/sites/${victim.site}`, { name: "taken over" }),
  "GET /api/v1/conversations/:conversation": (client, victim) =>
    client.request("GET", `/api/v1/conversations/${victim.conversation}`),
  "GET /api/v1/visitors/:visitor": (client, victim) => client.request("GET", `/api/v1/visitors/${victim.visitor}`),
  "GET /api/v1/visitors/:visitor/visits/:visit": (client, victim) =>
    client.request("GET", `/api/v1/visitors/${victim.visitor}/visits/${victim.visit}`),
};

interface Victim {
  agent: string;
  site: string;
  conversation: string;
  visitor: string;
  visit: string;
}

const id = (letter: string): string => letter.repeat(22);

/** A conversation with a message, a visitor and a visit in the first tenant. */
async function makeVictim(): Promise<Victim> {
  const { storage } = running.gateway;
  const { tenant, siteKey } = running.tenants[0];
  const site = (await storage.sites(tenant))[0]?.site ?? 0;
  const victim: Victim = {
    agent: (await storage.agents(tenant))[0]?.id ?? "",
    site: siteKey,
    conversation: id("c"),
    visitor: id("v"),
    visit: id("b"),
  };
  const profile = { name: "Victim of curiosity", email: "victim@x.example", attributes: { plan: "secretplan" } };
  const result = await storage.append({
    tenant,
    producer: id("p"),
    address: "current",
    ordinal: 1,
    messageId: id("m"),
    sender: { side: "visitor", id: victim.visitor },
    at: 1_700_000_000_000,
    target: {
      type: "current",
      site,
      visitor: victim.visitor,
      reopenMs: 1000,
      newConversation: victim.conversation,
      profile,
    },
    events: [{ log: "public", body: { kind: "text", text: "unmistakable needle" } }],
  });
  expect(result.outcome).toBe("stored");
  const visit = {
    id: victim.visit,
    site,
    visitor: victim.visitor,
    startedAt: 1,
    endedAt: 2,
    referrer: "",
    browser: "",
    os: "",
    form: "",
  };
  await storage.saveVisits(
    tenant,
    [{ ...visit, country: null, city: null, locale: "", timeZone: "", ipAddress: null, pages: 1 }],
    [{ visit: victim.visit, number: 1, url: "https://x.example/", title: "x", enteredAt: 1, leftAt: 2 }],
  );
  return victim;
}

describe("a stranger", () => {
  test("who is not signed in gets nothing from any route", async () => {
    const nobody = new ApiClient(running.url);
    for (const route of routes.filter((entry) => entry.access === "signed-in")) {
      const body = route.method === "POST" || route.method === "PATCH" ? {} : undefined;
      const response = await nobody.request(route.method, route.path.replaceAll(/:\w+/g, id("x")), body);
      expect([route.method, route.path, response.status, await codeOf(response)]).toEqual([
        route.method,
        route.path,
        401,
        "unauthenticated",
      ]);
    }
  });

  test("of another tenant finds nothing under any name, and the owner of it does", async () => {
    const victim = await makeVictim();
    const stranger = await signedInAs("owner", 1);
    const own = await owner();
    const named = routes.filter((route) => route.path.includes(":"));
    expect(named.map((route) => `${route.method} ${route.path}`).sort()).toEqual(Object.keys(strangersTries).sort());
    for (const [name, attempt] of Object.entries(strangersTries)) {
      expect([name, (await attempt(stranger, victim)).status]).toEqual([name, 404]);
      expect([name, (await attempt(own, victim)).status]).toEqual([name, 200]);
    }
  });

  test("of another tenant sees nothing of it in any list", async () => {
    const stranger = await signedInAs("owner", 1);
    const lists = routes.filter(
      (route) => route.access === "signed-in" && route.method === "GET" && !route.path.includes(":"),
    );
    for (const route of lists) {
      const text = await (await stranger.request("GET", `${route.path}?q=needle`)).text();
      expect([route.path, text.includes("needle"), text.includes("north"), text.includes("secretplan")]).toEqual([
        route.path,
        false,
        false,
        false,
      ]);
    }
    const found = await (await owner()).json<{ hits: unknown[] }>("GET", "/api/v1/search?q=needle");
    expect(found.hits).toHaveLength(1);
  });

  test("on another site cannot act through a signed-in browser: a changing request needs the CSRF header", async () => {
    const client = await owner();
    for (const route of routes.filter((entry) => entry.access === "signed-in" && entry.method !== "GET")) {
      const body = route.method === "DELETE" ? undefined : {};
      const response = await client.request(route.method, route.path.replaceAll(/:\w+/g, id("x")), body, {
        "x-beckon-csrf": "forged",
      });
      expect([route.path, response.status]).toEqual([route.path, 403]);
    }
    expect((await client.request("GET", "/api/v1/session")).status).toBe(200);
  });
});

describe("signing in", () => {
  test("sets a cookie that scripts and other sites cannot use, and signing out ends it", async () => {
    const client = new ApiClient(running.url);
    const response = await client.request("POST", "/api/v1/session", {
      email: running.tenants[0].emails.agent,
      password: testPassword,
    });
    const cookie = response.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/^beckon_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/);
    await client.signIn(running.tenants[0].emails.agent);
    expect((await client.request("DELETE", "/api/v1/session")).status).toBe(204);
    expect((await client.request("GET", "/api/v1/session")).status).toBe(401);
  });

  test("a wrong password and an unknown address are answered alike", async () => {
    const client = new ApiClient(running.url);
    const answers = [];
    for (const email of [running.tenants[0].emails.agent, "nobody@north.example"]) {
      const response = await client.request("POST", "/api/v1/session", { email, password: "wrong-horse-battery" });
      answers.push([response.status, await response.text()]);
    }
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]?.[0]).toBe(401);
  });

  test("a new password ends all sessions but the one that changed it", async () => {
    const email = running.tenants[1].emails.agent;
    const [mine, theirs] = [new ApiClient(running.url), new ApiClient(running.url)];
    await mine.signIn(email);
    await theirs.signIn(email);
    await mine.json("PATCH", "/api/v1/me", { password: { current: testPassword, next: "another-horse-battery" } });
    expect((await theirs.request("GET", "/api/v1/session")).status).toBe(401);
    expect((await mine.request("GET", "/api/v1/session")).status).toBe(200);
    await mine.json("PATCH", "/api/v1/me", { password: { current: "another-horse-battery", next: testPassword } });
  });

  test("a wrong present password is told at its field, and changes and ends nothing", async () => {
    const mine = new ApiClient(running.url);
    const { email } = await mine
      .signIn(running.tenants[0].emails.viewer, testPassword)
      .then((session) => session.agent);
    const response = await mine.request("PATCH", "/api/v1/me", {
      password: { current: "wrong-horse-battery", next: "another-horse-battery" },
    });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: { code: "unauthenticated", field: "password.current" } });
    expect((await mine.request("GET", "/api/v1/session")).status).toBe(200);
    await new ApiClient(running.url).signIn(email, testPassword);
  });

  test("a new password ends the account's open sockets, and those that were bought for before; the others go on", async () => {
    const email = running.tenants[1].emails.agent;
    const [mine, other] = [new ApiClient(running.url), new ApiClient(running.url)];
    await mine.signIn(email);
    await other.signIn(running.tenants[1].emails.owner);
    const token = async (client: ApiClient) => (await client.json<SocketToken>("POST", "/api/v1/socket-token")).token;
    const [thief, colleague] = [await socketOf(await token(mine)), await socketOf(await token(other))];
    const bought = await token(mine);
    await mine.json("PATCH", "/api/v1/me", { password: { current: testPassword, next: "another-horse-battery" } });
    expect(await thief.closed).toBe(errorMeanings.unauthenticated.closeCode);
    const late = await socketOf(bought);
    expect(await late.closed).toBe(errorMeanings.expired.closeCode);
    expect(colleague.socket.readyState).toBe(WebSocket.OPEN);
    const again = await socketOf(await token(mine));
    expect(again.socket.readyState).toBe(WebSocket.OPEN);
    for (const { socket } of [colleague, again]) socket.close();
    await mine.json("PATCH", "/api/v1/me", { password: { current: "another-horse-battery", next: testPassword } });
  });

  test("the socket's token is bought by POST and differs each time", async () => {
    const client = await owner();
    const first = await client.json<SocketToken>("POST", "/api/v1/socket-token");
    expect(first.token.length).toBeGreaterThan(40);
    expect(first.expiresAt).toBeGreaterThan(Date.now());
  });
});

describe("roles", () => {
  test.each(["agent", "viewer"] as const)("%s manages nothing and sees no secret", async (role) => {
    const client = await signedInAs(role);
    expect((await client.request("POST", "/api/v1/agents", {})).status).toBe(403);
    expect((await client.request("POST", "/api/v1/sites", { name: "x" })).status).toBe(403);
    const sites = await client.json<SiteInfo[]>("GET", "/api/v1/sites");
    expect(sites).toHaveLength(1);
    expect(sites[0]?.secret).toBeUndefined();
  });

  test("an admin makes agents but no owners, and cannot touch one", async () => {
    const admin = await signedInAs("admin");
    const wanted = { email: "new@north.example", name: "New", role: "agent", password: "long-enough-indeed" };
    expect((await admin.request("POST", "/api/v1/agents", { ...wanted, role: "owner" })).status).toBe(403);
    const made = await admin.json<AgentInfo>("POST", "/api/v1/agents", wanted);
    expect(made.role).toBe("agent");
    expect(await codeOf(await admin.request("POST", "/api/v1/agents", wanted))).toBe("conflict");
    const agents = await admin.json<AgentInfo[]>("GET", "/api/v1/agents");
    const ownerId = agents.find((agent) => agent.role === "owner")?.id ?? "";
    expect((await admin.request("PATCH", `/api/v1/agents/${ownerId}`, { disabled: true })).status).toBe(403);
    const again = new ApiClient(running.url);
    await again.signIn("new@north.example", "long-enough-indeed");
    await admin.json("PATCH", `/api/v1/agents/${made.id}`, { disabled: true });
    expect((await again.request("GET", "/api/v1/session")).status).toBe(401);
  });

  test("the last owner stays owner", async () => {
    const client = await owner();
    const { agent } = await client.json<{ agent: AgentInfo }>("GET", "/api/v1/session");
    expect(await codeOf(await client.request("PATCH", `/api/v1/agents/${agent.id}`, { role: "agent" }))).toBe(
      "conflict",
    );
  });

  test("an owner switches a site's settings", async () => {
    const client = await owner();
    const change = { previews: true, origins: ["https://shop.example"], color: "#123456", reopenDays: 3 };
    const site = await client.json<SiteInfo>("PATCH", `/api/v1/sites/${running.tenants[0].siteKey}`, change);
    expect(site).toMatchObject(change);
    const cleared = await client.json<SiteInfo>("PATCH", `/api/v1/sites/${site.key}`, {
      color: null,
      origins: [],
      previews: false,
    });
    expect(cleared).toMatchObject({ color: null, origins: [], previews: false, reopenDays: 3 });
  });
});

test("an admin of departments lifts no limit, manages nothing and sees no secret; an owner administers all", async () => {
  const client = await owner();
  const { department } = await client.json<{ department: number }>("POST", "/api/v1/departments", { name: "Ropes" });
  const agents = await client.json<AgentInfo[]>("GET", "/api/v1/agents");
  const idOf = (role: string) => agents.find((agent) => agent.role === role)?.id ?? "";
  const limit = (agent: string, departments: number[]) =>
    client.json("PATCH", `/api/v1/agents/${agent}`, { departments });
  await limit(idOf("admin"), [department]);
  const admin = await signedInAs("admin");
  const tries: [string, string, object][] = [
    ["PATCH", `/api/v1/agents/${idOf("admin")}`, { departments: [] }],
    ["PATCH", `/api/v1/agents/${idOf("agent")}`, { name: "Renamed" }],
    ["POST", "/api/v1/agents", { email: "x@north.example", name: "X", role: "admin", password: "long-enough-indeed" }],
    ["POST", "/api/v1/departments", { name: "Mine" }],
    ["POST", "/api/v1/sites", { name: "Mine" }],
    ["PATCH", `/api/v1/sites/${running.tenants[0].siteKey}`, { department }],
  ];
  for (const [method, path, body] of tries)
    expect([method, path, (await admin.request(method, path, body)).status]).toEqual([method, path, 403]);
  for (const site of await admin.json<SiteInfo[]>("GET", "/api/v1/sites")) expect(site.secret).toBeUndefined();
  await limit(idOf("admin"), []);
  expect((await admin.json<SiteInfo[]>("GET", "/api/v1/sites"))[0]?.secret).toBeDefined();
  await admin.json("POST", "/api/v1/departments", { name: "All" });

  await limit(idOf("owner"), [department]);
  await limit(idOf("owner"), []);
});

test("an agent of a department sees its sites and no others", async () => {
  const { storage } = running.gateway;
  const client = await owner();
  const { department } = await client.json<{ department: number }>("POST", "/api/v1/departments", { name: "Tents" });
  const { department: other } = await client.json<{ department: number }>("POST", "/api/v1/departments", {
    name: "Boots",
  });
  await client.json("PATCH", `/api/v1/sites/${running.tenants[0].siteKey}`, { department: other });
  const agents = await client.json<AgentInfo[]>("GET", "/api/v1/agents");
  const restricted = agents.find((agent) => agent.role === "agent")?.id ?? "";
  await client.json("PATCH", `/api/v1/agents/${restricted}`, { departments: [department] });
  const [conversation] = await storage.inbox(running.tenants[0].tenant, 10);
  const agent = new ApiClient(running.url);
  await agent.signIn(agents.find(({ id: agentId }) => agentId === restricted)?.email ?? "");
  const path = `/api/v1/conversations/${conversation?.id}`;
  expect((await agent.request("GET", path)).status).toBe(404);
  expect((await agent.json<{ hits: unknown[] }>("GET", "/api/v1/search?q=needle")).hits).toEqual([]);
  await client.json("PATCH", `/api/v1/sites/${running.tenants[0].siteKey}`, { department });
  expect((await agent.request("GET", path)).status).toBe(200);
  expect(
    await codeOf(await client.request("PATCH", `/api/v1/sites/${running.tenants[0].siteKey}`, { department: 999 })),
  ).toBe("invalid");
  await client.json("PATCH", `/api/v1/sites/${running.tenants[0].siteKey}`, { department: null });
});

describe("bad input is answered by a code and harms nobody", () => {
  test.each([
    ["no JSON", "POST", "/api/v1/agents", "{", "malformed"],
    [
      "an unknown field",
      "POST",
      "/api/v1/agents",
      { email: "a@b.example", name: "A", role: "agent", password: "x".repeat(20), admin: true },
      "invalid",
    ],
    [
      "a short password",
      "POST",
      "/api/v1/agents",
      { email: "a@b.example", name: "A", role: "agent", password: "x".repeat(minPasswordChars - 1) },
      "invalid",
    ],
    [
      "a control character",
      "POST",
      "/api/v1/agents",
      { email: "a@b.example", name: "A\u0007", role: "agent", password: "x".repeat(20) },
      "invalid",
    ],
    [
      "a long name",
      "POST",
      "/api/v1/agents",
      { email: "a@b.example", name: "A".repeat(121), role: "agent", password: "x".repeat(20) },
      "invalid",
    ],
    [
      "an unknown role",
      "POST",
      "/api/v1/agents",
      { email: "a@b.example", name: "A", role: "god", password: "x".repeat(20) },
      "invalid",
    ],
    ["no origin", "PATCH", "/api/v1/sites/site-north", { origins: ["shop.example"] }, "invalid"],
    ["no colour", "PATCH", "/api/v1/sites/site-north", { color: "red;background:url(x)" }, "invalid"],
    ["too many days", "PATCH", "/api/v1/sites/site-north", { reopenDays: 366 }, "invalid"],
    ["a long query", "GET", `/api/v1/search?q=${"a".repeat(maxQueryChars + 1)}`, undefined, "invalid"],
    ["an empty query", "GET", "/api/v1/search?q=%20", undefined, "invalid"],
    ["a forged cursor", "GET", "/api/v1/conversations?before=1%20OR%201", undefined, "invalid"],
    ["a large body", "PATCH", "/api/v1/me", JSON.stringify({ name: "a".repeat(maxBodyBytes) }), "too-large"],
    ["an unknown route", "GET", "/api/v1/nothing", undefined, "not-found"],
  ])("%s", async (_name, method, path, body, code) => {
    const client = await owner();
    const response = await client.request(method, path, body);
    expect(await codeOf(response)).toBe(code);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect((await client.request("GET", "/api/v1/session")).status).toBe(200);
  });

  const site = "/api/v1/sites/site-north";
  test.each([
    [site, [], undefined, "the body must be an object"],
    [site, "text", undefined, "the body must be an object"],
    [site, { nope: 1 }, "nope", "nope is no field of this request"],
    [site, { name: 1 }, "name", "name must be a text"],
    [site, { name: " " }, "name", "name must not be empty"],
    [site, { previews: "yes" }, "previews", "previews must be true or false"],
    [site, { side: "top" }, "side", "side must be one of left, right"],
    [site, { origins: "x" }, "origins", "origins must be a list"],
    [site, { origins: Array(101).fill("https://a.example") }, "origins", "origins must have at most 100 entries"],
    [site, { reopenDays: 366 }, "reopenDays", "reopenDays must be at most 365"],
    [site, { reopenDays: -1 }, "reopenDays", "reopenDays must be at least 0"],
    [site, { reopenDays: 1.5 }, "reopenDays", "reopenDays must be a whole number"],
    [site, { department: "1" }, "department", "department must be a number"],
    ["/api/v1/me", { password: {} }, "password.current", "password.current is missing"],
  ])("%s tells field and reason in words of its own (%#)", async (path, body, field, detail) => {
    const client = await owner();
    const response = await client.request("PATCH", path, typeof body === "string" ? JSON.stringify(body) : body);
    expect(await response.json()).toEqual({ error: { code: "invalid", ...(field && { field }), detail } });
  });

  test("a body of another type is refused, a wrong method is told the right ones", async () => {
    const client = await owner();
    expect(
      (await client.request("PATCH", "/api/v1/me", "name=x", { "content-type": "application/x-www-form-urlencoded" }))
        .status,
    ).toBe(400);
    const response = await client.request("PATCH", "/api/v1/session", {});
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST, GET, DELETE"]);
  });

  test("guessing is slowed down", async () => {
    const client = new ApiClient(running.url);
    const guess = { email: running.tenants[1].emails.viewer, password: "wrong" };
    // All at once: none of them is answered before the others have come.
    const guesses = Array.from({ length: 15 }, () => client.request("POST", "/api/v1/session", guess));
    const answers = await Promise.all(guesses);
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(maxFailuresPerAccountAndAddress);
    const slowed = answers.filter(({ status }) => status === 429);
    expect(slowed).toHaveLength(15 - maxFailuresPerAccountAndAddress);
    expect(Number(slowed[0]?.headers.get("retry-after"))).toBeGreaterThan(0);
    await expect(client.signIn(running.tenants[1].emails.viewer)).rejects.toThrow("429");
  });
});

test("the OpenAPI document names every route", async () => {
  const document = (await (await fetch(`${running.url}/api/v1/openapi.json`)).json()) as {
    openapi: string;
    paths: Record<string, Record<string, unknown>>;
  };
  expect(document.openapi).toBe("3.1.0");
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(operations.sort()).toEqual(
    routes.map((route) => `${route.method} ${route.path.replaceAll(/:(\w+)/g, "{$1}")}`).sort(),
  );
});

test("health, readiness and metrics answer; metrics only to loopback or a token", async () => {
  expect(await (await fetch(`${running.url}/healthz`)).text()).toBe("alive\n");
  expect((await fetch(`${running.url}/readyz`)).status).toBe(200);
  const metrics = await (await fetch(`${running.url}/metrics`)).text();
  for (const name of [
    "beckon_connections",
    "beckon_sessions",
    "beckon_append_queue_depth",
    "beckon_append_batch_size",
    "beckon_commit_ms",
    "beckon_nodejs_eventloop_lag",
  ])
    expect(metrics).toContain(name);
  expect((await fetch(`${running.url}/metrics`, { headers: { "x-forwarded-for": "203.0.113.9" } })).status).toBe(403);
});
