/** `from` imports `to`; `rule` must refuse it, `null`: all rules must let it pass. */
export interface SampleImport {
  readonly from: string;
  readonly to: string;
  readonly rule: string | null;
}

function refused(rule: string, from: string, to: string): SampleImport {
  return { from, to, rule };
}

function allowed(from: string, to: string): SampleImport {
  return { from, to, rule: null };
}

/** At least one wrong import for every rule of `.dependency-cruiser.mjs`, and right ones beside them. */
export const sampleImports: readonly SampleImport[] = [
  refused("protocol-imports-nothing", "protocol/codec.ts", "storage/schema.ts"),
  refused("protocol-has-no-packages", "protocol/codec.ts", "kysely"),
  refused("protocol-knows-no-machine", "protocol/codec.ts", "node:fs"),
  allowed("protocol/codec.ts", "protocol/frames.ts"),
  allowed("protocol/codec.test.ts", "vitest"),

  refused("widget-stands-on-protocol", "widget/ui/panel.ts", "admin/app.tsx"),
  refused("widget-has-no-packages", "widget/ui/panel.ts", "preact"),
  refused("widget-knows-no-machine", "widget/ui/panel.ts", "node:fs"),
  allowed("widget/ui/panel.ts", "protocol/client.ts"),

  refused("admin-stands-on-protocol", "admin/main.tsx", "widget/ui/window.ts"),
  refused("admin-has-its-own-packages", "admin/main.tsx", "kysely"),
  refused("admin-knows-no-machine", "admin/main.tsx", "node:fs"),
  allowed("admin/main.tsx", "widget/store/memory.ts"),
  allowed("admin/main.tsx", "preact"),

  refused("demo-stands-alone", "demo/shop.ts", "protocol/codec.ts"),

  refused("storage-stands-on-protocol", "storage/append.ts", "gateway/core/rooms.ts"),
  refused("storage-has-kysely", "storage/append.ts", "mysql2"),
  refused("drivers-stay-in-dialects", "storage/dialects/mysql.ts", "ioredis"),
  refused("dialects-are-opened-by-url", "gateway/cli/start.ts", "storage/dialects/mysql.ts"),
  allowed("storage/append.ts", "kysely"),
  allowed("storage/dialects/mysql.ts", "mysql2"),
  allowed("storage/open-storage.ts", "storage/dialects/mysql.ts"),

  refused("core-knows-ports-only", "gateway/core/hub.ts", "storage/schema.ts"),
  refused("core-knows-ports-only", "gateway/core/hub.ts", "gateway/http/route.ts"),
  refused("core-has-no-packages", "gateway/core/hub.ts", "pino"),
  refused("core-knows-no-machine", "gateway/core/hub.ts", "node:crypto"),
  allowed("gateway/core/hub.ts", "storage/storage.ts"),
  allowed("gateway/core/hub.ts", "storage/records.ts"),

  refused("runtimes-know-their-port", "gateway/runtime/deno.ts", "gateway/runtime/uws.ts"),
  refused("runtimes-know-their-port", "gateway/runtime/uws.ts", "gateway/core/rooms.ts"),
  refused("buses-know-their-port", "gateway/bus/redis.ts", "gateway/bus/memory.ts"),
  allowed("gateway/runtime/uws.ts", "gateway/runtime/runtime.ts"),
  allowed("gateway/runtime/uws.ts", "gateway/runtime/uws/request.ts"),
  allowed("gateway/runtime/uws/request.ts", "gateway/runtime/uws/corking.ts"),

  refused("sockjs-stands-on-core", "gateway/sockjs/session.ts", "gateway/http/route.ts"),
  refused("http-stands-on-core", "gateway/http/api.ts", "gateway/sockjs/frame.ts"),
  refused("http-knows-machine-as-types", "gateway/http/api.ts", "gateway/machine/metrics.ts"),
  refused("main-names-products", "gateway/accounts/session.ts", "gateway/bus/redis.ts"),
  refused("nobody-imports-main", "gateway/accounts/session.ts", "gateway/main.node.ts"),
  refused("only-the-demo-breaks-things", "gateway/cli/start.ts", "gateway/cli/unplug/unplug.ts"),
  refused("only-the-demo-breaks-things", "gateway/main.node.ts", "gateway/cli/unplug/unplug.ts"),
  allowed("gateway/cli/demo.ts", "gateway/cli/unplug/unplug.ts"),
  allowed("gateway/http/api.ts", "gateway/core/hub.ts"),
  allowed("gateway/main.node.ts", "gateway/bus/redis.ts"),

  refused("proof-and-loadtest-see-no-screens", "loadtest/bench.ts", "widget/ui/window.ts"),
  refused("nobody-imports-proof", "gateway/accounts/session.ts", "loadtest/bench.ts"),
  refused("e2e-sees-the-running-system", "e2e/visitor.ts", "gateway/core/rooms.ts"),
  refused("nobody-imports-e2e", "gateway/accounts/session.ts", "e2e/visitor.ts"),
  refused("nobody-imports-tests", "gateway/accounts/session.ts", "storage/test-databases.ts"),
  allowed("loadtest/bench.ts", "storage/test-databases.ts"),

  refused("production-needs-no-development-packages", "gateway/accounts/session.ts", "fast-check"),
  refused("imports-exist", "gateway/accounts/session.ts", "./missing.ts"),
  refused("no-circles", "demo/circle-a.ts", "demo/circle-b.ts"),
  allowed("demo/circle-b.ts", "demo/circle-a.ts"),
];
