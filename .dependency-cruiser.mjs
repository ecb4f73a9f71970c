/**
 * Who may import whom. `bin/check/boundaries.ts` runs it, and shows with deliberately wrong imports that each rule bites.
 * Tests, contract suites and what only tests use are exempt.
 */
const tests = "(\\.test\\.tsx?|(^|/)contract(\\.ts|/.*)|(^|/)test-[^/]+(\\.ts|/.*)|(^|/)testing/.*)$";
const rooms = "^(protocol|gateway|storage|widget|admin|demo|proof|loadtest|e2e|bin)/";
const drivers = ["mysql2", "tarn", "better-sqlite3"];

/** Of the repository's own files, `from` may import those of `allowed` only. */
function ownFiles(name, from, allowed) {
  return { name, severity: "error", from: { path: from, pathNot: tests }, to: { path: rooms, pathNot: allowed } };
}

/** Of packages, `from` may import those of `allowed` only. */
function packages(name, from, allowed) {
  return {
    name,
    severity: "error",
    from: { path: from, pathNot: tests },
    to: { path: "node_modules/", ...(allowed.length === 0 ? {} : { pathNot: `node_modules/(${allowed.join("|")})/` }) },
  };
}

/** `from` knows `ports` as types, never as code. (A port file may be imported as code too: it holds types and its error classes only.) */
function typesOnly(name, from, ports) {
  return {
    name,
    severity: "error",
    from: { path: from, pathNot: tests },
    to: { path: ports, dependencyTypesNot: ["type-only"] },
  };
}

/** `from` knows nothing of the machine. */
function noBuiltins(name, from) {
  return { name, severity: "error", from: { path: from, pathNot: tests }, to: { dependencyTypes: ["core"] } };
}

/** A file of a seam's folder may import its port and its own parts, never a sibling and never what stands behind the port. */
function adapters(name, folder, port) {
  return ownFiles(name, `^${folder}/(?!${port}\\.ts)([^/.]+)`, ["^protocol/", `^${folder}/(${port}|$1)([./]|$)`]);
}

/** Only `allowed` may import `path`. */
function onlyFrom(name, path, allowed) {
  return { name, severity: "error", from: { pathNot: [tests, ...allowed] }, to: { path } };
}

export default {
  forbidden: [
    ownFiles("protocol-imports-nothing", "^protocol/", ["^protocol/"]),
    packages("protocol-has-no-packages", "^protocol/", []),
    noBuiltins("protocol-knows-no-machine", "^protocol/"),

    ownFiles("widget-stands-on-protocol", "^widget/", ["^(widget|protocol)/"]),
    packages("widget-has-no-packages", "^widget/", []),
    noBuiltins("widget-knows-no-machine", "^widget/"),

    ownFiles("admin-stands-on-protocol", "^admin/", ["^(admin|protocol|widget/store|widget/transports)/"]),
    packages("admin-has-its-own-packages", "^admin/", ["preact", "@preact/signals", "@tanstack/virtual-core", "uplot"]),
    noBuiltins("admin-knows-no-machine", "^admin/"),

    ownFiles("demo-stands-alone", "^demo/", ["^demo/"]),

    ownFiles("storage-stands-on-protocol", "^storage/", ["^(storage|protocol)/"]),
    packages("storage-has-kysely", "^storage/(?!dialects/)", ["kysely"]),
    packages("drivers-stay-in-dialects", "^storage/dialects/", ["kysely", "@types", ...drivers]),
    onlyFrom("dialects-are-opened-by-url", "^storage/dialects/(?!dialect\\.ts)", [
      "^storage/(dialects/|open-storage\\.ts|backup-database\\.ts)",
      "^proof/",
    ]),

    ownFiles("core-knows-ports-only", "^gateway/core/", [
      "^gateway/core/",
      "^protocol/",
      "^storage/(records|storage)\\.ts$",
      "^gateway/(runtime/runtime|bus/bus)\\.ts$",
    ]),
    packages("core-has-no-packages", "^gateway/core/", []),
    noBuiltins("core-knows-no-machine", "^gateway/core/"),

    adapters("runtimes-know-their-port", "gateway/runtime", "runtime"),
    adapters("buses-know-their-port", "gateway/bus", "bus"),
    onlyFrom("main-names-products", "^gateway/(runtime/(?!runtime\\.ts)|bus/(?!bus\\.ts))", [
      "^gateway/(main\\.|cli/|runtime/|bus/)",
      "^(bin|proof|loadtest)/",
      "^gateway/sockjs/services\\.ts$",
    ]),

    ownFiles("sockjs-stands-on-core", "^gateway/sockjs/(?!services\\.ts)", [
      "^gateway/(sockjs|core)/",
      "^protocol/",
      "^gateway/runtime/runtime\\.ts$",
      "^storage/(records|storage)\\.ts$",
    ]),
    ownFiles("http-stands-on-core", "^gateway/http/", [
      "^gateway/(http|core|accounts|machine|surroundings)/",
      "^gateway/config\\.ts$",
      "^protocol/",
      "^gateway/runtime/runtime\\.ts$",
      "^storage/(records|storage)\\.ts$",
    ]),
    typesOnly("http-knows-machine-as-types", "^gateway/http/", "^gateway/machine/"),
    onlyFrom("nobody-imports-main", "^gateway/(main\\.|cli/)", ["^gateway/(main\\.|cli/)", "^(bin|proof|loadtest)/"]),

    onlyFrom("only-the-demo-breaks-things", "^gateway/cli/unplug/", ["^gateway/cli/(unplug/|demo\\.ts$)"]),

    {
      name: "proof-and-loadtest-see-no-screens",
      severity: "error",
      from: { path: "^(proof|loadtest)/" },
      to: { path: "^(admin|widget/ui)/" },
    },
    onlyFrom("nobody-imports-proof", "^(proof|loadtest)/", ["^(proof|loadtest)/"]),
    ownFiles("e2e-sees-the-running-system", "^e2e/", ["^e2e/"]),
    onlyFrom("nobody-imports-e2e", "^e2e/", ["^e2e/"]),
    onlyFrom("nobody-imports-tests", tests, ["^(bin|proof|loadtest|e2e)/", "^storage/run-contract\\.ts$"]),

    {
      name: "production-needs-no-development-packages",
      severity: "error",
      from: { path: "^(protocol|gateway|storage|widget|admin|demo|bin/(launch|build))/|^rollup", pathNot: tests },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    },
    { name: "imports-exist", severity: "error", from: {}, to: { couldNotResolve: true } },
    {
      name: "no-circles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(dist|data|\\.cache|coverage)/" },
    tsPreCompilationDeps: true,
    detectProcessBuiltinModuleCalls: false,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".d.ts"],
    },
  },
};
