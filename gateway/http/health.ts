/** `/healthz`: the process lives. `/readyz`: it may take traffic. `/metrics`: Prometheus, for this machine itself or a token. */
import { timingSafeEqual } from "node:crypto";
import type { Storage } from "../../storage/storage.ts";
import type { Core } from "../core/core.ts";
import type { ExposedMetrics } from "../machine/metrics.ts";
import type { HttpRequest, HttpResponse } from "../runtime/runtime.ts";

export interface HealthPorts {
  readonly storage: Storage;
  readonly core: Core;
  readonly metrics: ExposedMetrics;
  /** Empty: loopback only. */
  readonly metricsToken: string;
  /** The configuration tells of one: then loopback proves nothing. */
  readonly behindProxy: boolean;
  draining(): boolean;
  connections(): number;
}

const text = { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" } as const;

export function createHealth(ports: HealthPorts): (request: HttpRequest, response: HttpResponse) => boolean {
  return (request, response) => {
    if (request.path === "/healthz") response.send(200, text, "alive\n");
    else if (request.path === "/readyz") answerReady(ports, response);
    else if (request.path === "/metrics") answerMetrics(ports, request, response);
    else return false;
    return true;
  };
}

function answerReady(ports: HealthPorts, response: HttpResponse): void {
  if (ports.draining()) {
    response.send(503, text, "draining\n");
    return;
  }
  ports.storage.ping().then(
    () => response.send(200, text, "ready\n"),
    () => response.send(503, text, "the database does not answer\n"),
  );
}

function answerMetrics(ports: HealthPorts, request: HttpRequest, response: HttpResponse): void {
  if (!mayRead(ports, request)) {
    response.send(403, text, "metrics are for this machine without a proxy, or for a token (BECKON_METRICS_TOKEN)\n");
    return;
  }
  gather(ports);
  ports.metrics.expose().then(
    (body) => response.send(200, { ...text, "Content-Type": ports.metrics.contentType }, body),
    () => response.send(500, text, "metrics could not be gathered\n"),
  );
}

/** Of this list none is needed for a request that comes from this machine itself. */
const forwarding = /^(x-forwarded-.*|x-real-ip|forwarded|via|x-client-ip|true-client-ip|cf-connecting-ip)$/;
const loopbackHost = /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/i;
const loopbackPeers = ["127.0.0.1", "::1", "::ffff:127.0.0.1"];

/** A proxy on this machine is loopback too: where there may be one, only the token opens. */
function mayRead(ports: HealthPorts, request: HttpRequest): boolean {
  const given = /^Bearer (\S+)$/.exec(request.headers.get("authorization") ?? "")?.[1] ?? "";
  if (ports.metricsToken !== "" && sameText(given, ports.metricsToken)) return true;
  if (ports.behindProxy || !loopbackPeers.includes(request.peerAddress)) return false;
  const forwarded = [...request.headers.keys()].some((name) => forwarding.test(name));
  return !forwarded && loopbackHost.test(request.headers.get("host") ?? "");
}

function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Numbers that are asked for instead of counted. */
function gather(ports: HealthPorts): void {
  const { metrics } = ports;
  const counts = ports.core.counts();
  metrics.gauge("connections", ports.connections());
  for (const [carrier, value] of Object.entries(counts.byCarrier)) metrics.gauge("sessions", value, { carrier });
  metrics.gauge("visitors", counts.visitors);
  metrics.gauge("agents", counts.agents);
  metrics.gauge("visits", counts.visits);
  const storage = ports.storage.metrics();
  metrics.gauge("append_queue_depth", storage.queueDepth);
  metrics.gauge("append_batches", storage.batches);
  metrics.gauge("appended", storage.appended);
  metrics.gauge("statements", storage.statements);
  for (const { le, count } of storage.batchSizes) metrics.gauge("append_batch_size_bucket", count, { le: bound(le) });
  for (const { le, count } of storage.commitMs) metrics.gauge("commit_ms_bucket", count, { le: bound(le) });
  for (const pool of storage.pools) {
    metrics.gauge("pool_connections", pool.used, { pool: pool.name, state: "used" });
    metrics.gauge("pool_connections", pool.free, { pool: pool.name, state: "free" });
    metrics.gauge("pool_connections", pool.pending, { pool: pool.name, state: "pending" });
  }
}

function bound(le: number): string {
  return Number.isFinite(le) ? String(le) : "+Inf";
}
