/**
 * The composition root on Node: the place that names products. Chooses adapters, opens the database, listens, and knows how
 * to leave: stop listening, tell clients to go, finish commits, close.
 */
import { randomInt } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { maxReceivedBytes } from "../protocol/limits.ts";
import type { Clock } from "../protocol/ports.ts";
import { openStorage } from "../storage/open-storage.ts";
import type { Storage } from "../storage/storage.ts";
import { createLoginThrottle } from "./accounts/login-throttle.ts";
import { createSessions } from "./accounts/session.ts";
import { createMemoryBus } from "./bus/memory.ts";
import type { Config } from "./config.ts";
import { type CarrierInfo, type Core, createCore, type FailPoints, type Metrics } from "./core/core.ts";
import { createApi } from "./http/api.ts";
import { createBuiltFiles } from "./http/built-files.ts";
import { type ClientAddress, createClientAddress } from "./http/client-address.ts";
import { createDemo } from "./http/demo.ts";
import { createHealth } from "./http/health.ts";
import { createHttp } from "./http/http.ts";
import { machineClock } from "./machine/clock.ts";
import { machineIds } from "./machine/ids.ts";
import { createLog, type FlushableLog } from "./machine/log.ts";
import { createMetrics } from "./machine/metrics.ts";
import { createSigner } from "./machine/signer.ts";
import type { HttpRequest, HttpResponse, Server, WebSocketRoute } from "./runtime/runtime.ts";
import { openUws } from "./runtime/uws.ts";
import { createSockJs } from "./sockjs/sockjs.ts";
import { deviceOf } from "./surroundings/device.ts";
import { openPlaces } from "./surroundings/place.ts";

export interface GatewayOptions {
  readonly databaseUrl: string;
  readonly masterKey: Uint8Array;
  /** `always`: an old schema is migrated first. */
  readonly migrate: "never" | "always";
  /** Serves the demo shop's identities. */
  readonly demo: boolean;
  /** Addresses of the demo that are its starter's. Only asked with `demo`; says whether the request was its own. */
  readonly demoRoute?: (request: HttpRequest, response: HttpResponse) => boolean;
  /** 1 standard output, 2 standard error. */
  readonly logDestination: 1 | 2;
}

export interface Gateway {
  /** `http://HOST:PORT`. */
  readonly url: string;
  readonly core: Core;
  readonly storage: Storage;
  readonly log: FlushableLog;
  readonly metrics: Metrics;
  /** Clients are told to go and have `withinMs` for it; then what is left is closed. Idempotent. */
  stop(withinMs: number): Promise<void>;
}

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** Bytes that the runtime may hold for one socket before sends are dropped and resumed from the log. */
const maxBufferedBytes = 1_048_576;
/** Pings go out well before a proxy's usual 60 s. */
const idleTimeoutMs = 32_000;

/** Rejects with SchemaMismatch, StorageUnavailable, AddressUnavailable or ConfigError. */
export async function startGateway(config: Config, options: GatewayOptions): Promise<Gateway> {
  const storage = await openStorage(options.databaseUrl, {
    migrate: options.migrate,
    masterKey: options.masterKey,
    maxQueuedAppends: config.maxQueuedAppends,
  });
  return composeGateway(config, options, { storage, clock: machineClock, failPoints: { reach: () => undefined } });
}

/** What `proof/faults` replaces. */
export interface GatewayParts {
  /** Taken over: closed with the gateway, and where it does not come about. */
  readonly storage: Storage;
  readonly clock: Clock;
  readonly failPoints: FailPoints;
}

/** A gateway on parts that were chosen already. Rejects as {@link startGateway}. */
export async function composeGateway(config: Config, options: GatewayOptions, parts: GatewayParts): Promise<Gateway> {
  try {
    return await listen(config, options, parts);
  } catch (error) {
    await parts.storage.close();
    throw error;
  }
}

async function listen(config: Config, options: GatewayOptions, parts: GatewayParts): Promise<Gateway> {
  const { storage, clock, failPoints } = parts;
  const log = createLog(config.logLevel, config.gatewayName, options.logDestination);
  const clients = createClientAddress(config.trustedProxies, config.publicUrl);
  const surroundings = { device: deviceOf, place: await openPlaces(config.geoDatabase) };
  const metrics = createMetrics();
  const signer = createSigner(options.masterKey);
  const bus = createMemoryBus();
  const core = createCore(
    {
      storage,
      bus,
      clock,
      ids: machineIds,
      signer,
      log,
      metrics,
      surroundings,
      failPoints,
    },
    coreSettings(config),
  );
  await core.start();
  const sockJs = createSockJs({
    prefix: "/sockjs",
    connect: (socket, info) => core.connect(socket, info),
    clientAddress: clients.address,
    // Origins are judged at the hello, which names the site.
    allowOrigin: () => true,
    clock,
    entropy: () => randomInt(2 ** 32),
    maxSessions: config.maxSessions,
    maxSessionsPerAddress: config.maxSessionsPerAddress,
  });
  const sessionMs = config.sessionHours * 3_600_000;
  const api = createApi(
    {
      storage,
      core,
      signer,
      log,
      sessionMs,
      sessions: createSessions(storage, sessionMs, Date.now),
      throttle: createLoginThrottle(Date.now),
    },
    clients,
  );
  let server: Server | undefined;
  let stopping: Promise<void> | undefined;
  const health = createHealth({
    storage,
    core,
    metrics,
    metricsToken: config.metricsToken,
    // This program speaks no TLS.
    behindProxy: config.trustedProxies.length > 0 || config.publicUrl.startsWith("https:"),
    draining: () => stopping !== undefined,
    connections: () => server?.connections() ?? 0,
  });
  const demo = options.demo
    ? createDemo({
        directory: core.directory,
        signer,
        now: Date.now,
        readme: readFileSync(join(root, "README.md"), "utf8"),
        more: options.demoRoute ?? (() => false),
      })
    : null;
  const runtime = await openUws();
  server = await runtime.serve({
    host: config.host,
    port: config.port,
    maxConnections: config.maxConnections,
    http: createHttp({ sockJs: sockJs.http, health, demo, files: createBuiltFiles(join(root, "dist")), api }),
    webSockets: [frameSocket(core, clients), ...sockJs.webSockets],
  });
  const url = `http://${server.host.includes(":") ? `[${server.host}]` : server.host}:${server.port}`;
  log.info("listening", { url, engine: storage.engine });
  const listening = server;
  const leave = async (withinMs: number): Promise<void> => {
    log.info("draining", { withinMs });
    listening.stopListening();
    await core.drain(withinMs);
    sockJs.closeSessions(3001, "the gateway is leaving");
    sockJs.close();
    await listening.close();
    await bus.close();
    await storage.close();
    log.info("stopped");
    log.flush();
  };
  return {
    url,
    core,
    storage,
    log,
    metrics,
    stop(withinMs) {
      stopping ??= leave(withinMs);
      return stopping;
    },
  };
}

function coreSettings(config: Config) {
  const { gatewayName, maxSessions, maxSessionsPerAddress, maxVisits } = config;
  const { heartbeatMs, visitGraceMs, idleMs, sweepMs } = config;
  return { gatewayName, maxSessions, maxSessionsPerAddress, maxVisits, heartbeatMs, visitGraceMs, idleMs, sweepMs };
}

/** `/ws`: frames as they are. Origins are judged at the hello, which knows the site. */
function frameSocket(core: Core, clients: ClientAddress): WebSocketRoute {
  return {
    path: "/ws",
    maxMessageBytes: maxReceivedBytes,
    maxBufferedBytes,
    idleTimeoutMs,
    accept: (request) => ({ open: (socket) => core.connect(socket, carrierInfo(clients, request, "websocket")) }),
  };
}

function carrierInfo(clients: ClientAddress, request: HttpRequest, carrier: CarrierInfo["carrier"]): CarrierInfo {
  return {
    carrier,
    ipAddress: clients.address(request),
    userAgent: request.headers.get("user-agent") ?? "",
    origin: request.headers.get("origin") ?? "",
    acceptLanguage: request.headers.get("accept-language") ?? "",
  };
}
