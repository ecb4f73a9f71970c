import { describe, expect, test } from "vitest";
import type { AgentInfo, SiteInfo } from "../../protocol/api.ts";
import { maxNameChars } from "../../protocol/limits.ts";
import { codeOf, owner, running, signedInAs, startGatewayBeforeAll } from "../testing/gateway-of-all-tests.ts";
import { ApiClient } from "../testing/test-gateway.ts";
import type { ApiPorts } from "./api/ports.ts";
import { apiRoutes } from "./api.ts";

startGatewayBeforeAll();

/** Only the table is read; nothing is called. */
const routes = apiRoutes({ core: {}, storage: {} } as unknown as ApiPorts);

/** What each route with a name in its path is asked for as a stranger of another tenant. A new route without an entry fails the suite. */
const strangersTries: Readonly<Record<string, (client: ApiClient, victim: Victim) => Promise<Response>>> = {
  "PATCH /api/v1/agents/:agent": (client, victim) =>
    client.request("PATCH", `/api/v1/agents/${victim.agent}`, { name: "taken over" }),
  "PATCH /api/v1/departments/:department": (client, victim) =>
    client.request("PATCH", `/api/v1/departments/${victim.department}`, { name: "taken over" }),
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
  department: number;
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
    department: (await storage.createDepartment(tenant, "Victims")).department,
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
    for (const route of routes.filter((entry) => entry.access === "signed-in" && entry.nobody === undefined)) {
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

  test("who is not signed in is told so where pages ask it first, without an error and without a word more", async () => {
    const asked = routes.filter((route) => route.access === "signed-in" && route.nobody !== undefined);
    expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual(["GET /api/v1/session"]);
    const nobody = new ApiClient(running.url);
    const forger = new ApiClient(running.url);
    for (const [client, headers] of [
      [nobody, {}],
      [forger, { cookie: `beckon_session=${"x".repeat(43)}` }],
    ] as const) {
      const response = await client.request("GET", "/api/v1/session", undefined, headers);
      expect([response.status, await response.text()]).toEqual([204, ""]);
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
    expect((await again.request("GET", "/api/v1/session")).status).toBe(204);
    expect((await again.request("GET", "/api/v1/agents")).status).toBe(401);
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
    ["PATCH", `/api/v1/departments/${department}`, { name: "Mine" }],
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

test("a department is renamed by whoever manages agents, within the limits of a name", async () => {
  const client = await owner();
  const made = await client.json<{ department: number }>("POST", "/api/v1/departments", { name: "Sails" });
  const path = `/api/v1/departments/${made.department}`;
  const admin = await signedInAs("admin");
  expect(await admin.json("PATCH", path, { name: " Sales " })).toEqual({ ...made, name: "Sales" });
  for (const role of ["agent", "viewer"] as const)
    expect((await (await signedInAs(role)).request("PATCH", path, { name: "Mine" })).status).toBe(403);
  for (const name of ["", " ", "x".repeat(maxNameChars + 1), "a\u0007b", 7, undefined])
    expect([name, await codeOf(await client.request("PATCH", path, { name }))]).toEqual([name, "invalid"]);
  const longest = "x".repeat(maxNameChars);
  await client.json("PATCH", path, { name: longest });
  for (const unknown of ["999999", "sales", "9".repeat(40), "1e3"])
    expect(await codeOf(await client.request("PATCH", `/api/v1/departments/${unknown}`, { name: "x" }))).toBe(
      "not-found",
    );
  const known = await client.json<{ department: number; name: string }[]>("GET", "/api/v1/departments");
  expect(known.find(({ department }) => department === made.department)?.name).toBe(longest);
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
