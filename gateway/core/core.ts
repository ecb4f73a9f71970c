/**
 * What happens. The core knows ports, never products, and never the machine: no Date, timers, Math.random, crypto, process, Buffer.
 * This file is its face: the ports that it is given and the entry points that `sockjs/`, `http/` and `main.*` call.
 */
import type { CarrierName, Role } from "../../protocol/frames.ts";
import type { Clock } from "../../protocol/ports.ts";
import type { Device } from "../../protocol/rows.ts";
import type { AgentRecord, SiteRecord, TenantRecord } from "../../storage/records.ts";
import type { Storage } from "../../storage/storage.ts";
import type { Bus } from "../bus/bus.ts";

// ---------------------------------------------------------------- ports

export interface Ids {
  /** 128 random bits in base64url. */
  id(): string;
  fraction(): number;
}

/** Fast, synchronous keyed hashes; slow cryptography (passwords) stays outside the core. */
export interface Signer {
  /** HMAC-SHA-256 under the installation's key for this purpose, base64url (43 characters). Purposes never share a key. */
  sign(purpose: "visitor-token" | "agent-token" | "visitor-id" | "trail" | "csrf", text: string): string;
  /** HMAC-SHA-256 under a site's secret, lower-case hex. */
  signWith(secret: string, text: string): string;
  /** In constant time. */
  equal(a: string, b: string): boolean;
}

/** Structured; never message texts, tokens, typed characters. */
export interface Log {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}
export type LogFields = { readonly [name: string]: string | number | boolean | null | undefined };

export interface Metrics {
  /** Adds to a counter (`beckon_<name>_total`). */
  count(name: string, by?: number, labels?: { readonly [label: string]: string }): void;
  /** Sets a gauge (`beckon_<name>`). */
  gauge(name: string, value: number, labels?: { readonly [label: string]: string }): void;
  /** Adds to a histogram in milliseconds (`beckon_<name>_ms`). */
  observe(name: string, ms: number): void;
}

/** Reads User-Agent and address; `bot` is no visitor. */
export interface Surroundings {
  device(userAgent: string): Device & { bot: boolean };
  place(ipAddress: string): { country?: string; city?: string };
}

/** Does nothing in the product; the laboratory's own composition root supplies another one. */
export interface FailPoints {
  reach(name: string): void;
}

export interface CorePorts {
  readonly storage: Storage;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly signer: Signer;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly surroundings: Surroundings;
  readonly failPoints: FailPoints;
}

export interface CoreSettings {
  readonly gatewayName: string;
  /** Above: new connections are refused with `busy`. */
  readonly maxSessions: number;
  /** From one client address; offices and tests share one. */
  readonly maxSessionsPerAddress: number;
  /** In memory, open or left lately. Above: the longest gone are forgotten; where nobody is gone, new visitors chat without a visit. */
  readonly maxVisits: number;
  readonly heartbeatMs: number;
  readonly visitGraceMs: number;
  readonly idleMs: number;
  readonly sweepMs: number;
}

// ---------------------------------------------------------------- carriers

export type SendResult = "sent" | "queued" | "dropped";

/** One shape for `/ws` and `/sockjs`. */
export interface CarrierSocket {
  /** Same promise as the runtime's: `dropped` is not kept, resume from the cursor after `drained`. */
  send(text: string): SendResult;
  close(code: number, reason: string): void;
  terminate(): void;
  bufferedBytes(): number;
}
export interface CarrierInfo {
  readonly carrier: CarrierName;
  /** Of the client, behind listed proxies only their word. Never stored with a log line above `debug`. */
  readonly ipAddress: string;
  readonly userAgent: string;
  /** The `Origin` header, empty if absent. */
  readonly origin: string;
  readonly acceptLanguage: string;
}
export interface CarrierEvents {
  message(text: string): void;
  drained(): void;
  closed(code: number, reason: string): void;
}

// ---------------------------------------------------------------- entry points

export interface Core {
  /** Loads the directory (tenants, sites, agents). Rejects as storage does. */
  start(): Promise<void>;
  /** A carrier opened. The core closes it with `hello-expected` if no hello comes. */
  connect(socket: CarrierSocket, info: CarrierInfo): CarrierEvents;
  readonly directory: Directory;
  /** The short name that agents see for this visitor now (`protocol/handle.ts`). */
  handleOf(visitor: string): string;
  /**
   * For `POST /api/v1/socket-token`: valid for 60 s. `signIn`: the hash of the session that buys it, as storage has it; its sockets end within
   * about 10 s after that session is gone from storage, whoever took it away. Default: it hangs on none.
   */
  agentToken(agent: AgentRecord, signIn?: string): { token: string; expiresAt: number };
  /** Whether any connection of this agent is open, and what it says. */
  agentState(tenant: number, agent: string): "available" | "away" | "offline";
  /** After a change by HTTP: the agent was disabled, changed, signed out (closes sockets where needed). */
  agentChanged(tenant: number, agent: string): Promise<void>;
  siteChanged(tenant: number): Promise<void>;
  /** Ends its sockets at every gateway, and makes tokens that were bought before useless. Pages that are still signed in buy another one. */
  signedOut(tenant: number, agent: string): void;
  /** Sessions by carrier and principal, for metrics and `/readyz`. */
  counts(): {
    sessions: number;
    visitors: number;
    agents: number;
    byCarrier: { [carrier in CarrierName]: number };
    visits: number;
  };
  /** Tells clients to go within `withinMs`, flushes background batches, closes what is left. */
  drain(withinMs: number): Promise<void>;
}

/** Tenants, sites and agents in memory: few rows, needed by every frame. */
export interface Directory {
  tenant(tenant: number): TenantRecord | undefined;
  siteByKey(key: string): SiteRecord | undefined;
  site(tenant: number, site: number): SiteRecord | undefined;
  sites(tenant: number): readonly SiteRecord[];
  agent(tenant: number, agent: string): AgentRecord | undefined;
  agents(tenant: number): readonly AgentRecord[];
  reload(): Promise<void>;
}

/** Who acts. */
export type Actor =
  /** `contact`: the verified person that the visitor is linked to, once it is known. */
  | {
      readonly type: "visitor";
      readonly tenant: number;
      readonly site: number;
      readonly visitor: string;
      readonly contact?: string | null;
    }
  | {
      readonly type: "agent";
      readonly tenant: number;
      readonly agent: string;
      readonly role: Role;
      readonly departments: readonly number[];
    };

export { createCore } from "./create-core.ts";
