/** A whole gateway in this process on a free port and an embedded database in a temporary folder, with two tenants that are strangers. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Session } from "../../protocol/api.ts";
import type { Role } from "../../protocol/frames.ts";
import { openStorage } from "../../storage/open-storage.ts";
import { createTenant } from "../cli/create-tenant.ts";
import { readConfig } from "../config.ts";
import { type Gateway, startGateway } from "../main.node.ts";

export const testPassword = "right-horse-battery";

export interface TestTenant {
  readonly tenant: number;
  readonly siteKey: string;
  readonly emails: { readonly [role in Role]: string };
}

export interface TestGateway {
  readonly gateway: Gateway;
  readonly url: string;
  /** Two tenants with a site each and an agent in every role. */
  readonly tenants: readonly [TestTenant, TestTenant];
  stop(): Promise<void>;
}

const roles: readonly Role[] = ["owner", "admin", "agent", "viewer"];

export async function startTestGateway(settings: Readonly<Record<string, string>> = {}): Promise<TestGateway> {
  const folder = mkdtempSync(join(tmpdir(), "beckon-gateway-"));
  const databaseUrl = settings.BECKON_DATABASE ?? `sqlite:${join(folder, "test.sqlite")}`;
  const masterKey = randomBytes(32);
  const storage = await openStorage(databaseUrl, { migrate: "always", masterKey });
  const tenants: [TestTenant, TestTenant] = [await seed(storage, "north"), await seed(storage, "south")];
  await storage.close();
  const config = readConfig({ PORT: "0", BECKON_LOG_LEVEL: "error", BECKON_DATA: folder, ...settings }, undefined);
  const gateway = await startGateway(config, {
    databaseUrl,
    masterKey,
    migrate: "never",
    demo: false,
    logDestination: 2,
  });
  return {
    gateway,
    url: gateway.url,
    tenants,
    async stop() {
      await gateway.stop(0);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function seed(storage: Parameters<typeof createTenant>[0], name: string): Promise<TestTenant> {
  const emails = { owner: "", admin: "", agent: "", viewer: "" };
  for (const role of roles) emails[role] = `${role}@${name}.example`;
  const { tenant } = await createTenant(storage, {
    tenant: name,
    site: { key: `site-${name}`, name },
    agents: roles.map((role) => ({ email: emails[role], name: `${role} of ${name}`, role, password: testPassword })),
  });
  return { tenant: tenant.tenant, siteKey: `site-${name}`, emails };
}

/** A browser that is signed in, or not. */
export class ApiClient {
  readonly url: string;
  cookie = "";
  csrf = "";
  constructor(url: string) {
    this.url = url;
  }

  async signIn(email: string, password = testPassword): Promise<Session> {
    const response = await this.request("POST", "/api/v1/session", { email, password });
    if (response.status !== 200) throw new Error(`sign-in answered ${response.status}: ${await response.text()}`);
    this.cookie = (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    const session = (await response.json()) as Session;
    this.csrf = session.csrf;
    return session;
  }

  request(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response> {
    return fetch(this.url + path, {
      method,
      headers: {
        ...(this.cookie === "" ? {} : { cookie: this.cookie, "x-beckon-csrf": this.csrf }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
  }

  async json<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await this.request(method, path, body);
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    return (response.status === 204 ? undefined : await response.json()) as Answer;
  }
}
