/**
 * The browser bundles, as data. `bin/build/build-bundles.ts` builds them in this order, because the loader carries the panel's address.
 *
 * What runs on somebody else's page is ES5 from TypeScript, then ES3 from terser (`ie8`); each option below is needed for that: `strict`,
 * `esModule`, `freeze` and `externalLiveBindings` would call functions that Internet Explorer 8 lacks. The parser gate proves the result.
 */
import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import type { OutputOptions, Plugin, RollupOptions } from "rollup";
import ts from "typescript";
import { hostPageGate } from "./bin/build/host-page-gate.ts";
import { type MinifyOptions, minifyPlugin } from "./bin/build/minify-plugin.ts";
import { shortNames } from "./bin/build/short-names.ts";
import { transpilePlugin } from "./bin/build/transpile-plugin.ts";

/** One bundle: what rollup reads and how it writes it. */
export interface Bundle extends RollupOptions {
  input: string;
  output: OutputOptions;
}

/** The languages of the panel: a visitor loads the one of the page. */
export const panelLanguages = ["en", "zh-CN"] as const;
export type PanelLanguage = (typeof panelLanguages)[number];

/** The panel that opens when a visitor asks for it. */
export function panelBundle(language: PanelLanguage): Bundle {
  const bundle = hostPageBundle("widget/ui/panel.ts", { __BECKON_LANGUAGE__: language });
  return {
    ...bundle,
    plugins: [takeSharedModules(), styleOnOneLine(), bundle.plugins],
    output: { ...bundle.output, globals: { [sharedGlobal]: "Beckon.shared" } },
  };
}

/** The script of the snippet. `panelUrls`: the immutable addresses of the panel, which stand in the source as `__BECKON_PANEL_EN__` and so on. */
export function loaderBundle(panelUrls: Readonly<Record<PanelLanguage, string>>): Bundle {
  const constants: Record<string, string> = {};
  for (const language of panelLanguages) constants[panelConstant(language)] = panelUrls[language];
  const bundle = hostPageBundle("widget/loader/beckon.ts", constants);
  return { ...bundle, plugins: [giveSharedModules(), bundle.plugins] };
}

function panelConstant(language: PanelLanguage): string {
  return `__BECKON_PANEL_${language.toUpperCase().replace("-", "_")}__`;
}

/** The agents' page: modules for modern browsers. Style sheets are collected by the build, so importing one gives an empty module. */
export function adminBundle(): Bundle {
  return {
    input: "admin/main.tsx",
    plugins: [
      emptyStyleSheets(),
      // @tanstack/virtual-core asks for it.
      constantsPlugin({ "process.env.NODE_ENV": "production" }),
      transpilePlugin({
        target: ts.ScriptTarget.ES2022,
        jsx: ts.JsxEmit.ReactJSX,
        jsxImportSource: "preact",
      }),
      nodeResolve({ browser: true }),
      minifyPlugin({ module: true, ecma: 2020, format: { comments: false } }),
    ],
    output: { format: "es", entryFileNames: "admin.js", chunkFileNames: "[name]-[hash].js" },
  };
}

/** What runs on somebody else's page. `names`: of properties, long -> short; none: for tests that hold the built code by its whole names. */
export function hostPageBundle(
  input: string,
  constants: Readonly<Record<string, string>>,
  names: ReadonlyMap<string, string> = shortNames(),
): Bundle {
  return {
    input,
    plugins: [
      transpilePlugin({ target: ts.ScriptTarget.ES5, alwaysStrict: false, importHelpers: true }),
      constantsPlugin(constants),
      nodeResolve(),
      minifyPlugin(es3Minify, names),
      hostPageGate(),
    ],
    output: {
      format: "iife",
      strict: false,
      esModule: false,
      freeze: false,
      externalLiveBindings: false,
      interop: "default",
      indent: false,
      inlineDynamicImports: true,
      generatedCode: {
        preset: "es5",
        arrowFunctions: false,
        constBindings: false,
        objectShorthand: false,
        reservedNamesAsProps: false,
        symbols: false,
      },
    },
  };
}

const es3Minify: MinifyOptions = {
  ecma: 5,
  ie8: true,
  toplevel: true,
  compress: {
    ecma: 5,
    ie8: true,
    passes: 5,
    keep_infinity: true,
    typeofs: false,
    arrows: false,
    unsafe: false,
    lhs_constants: false,
    // Nothing of ours is a getter with an effect, or reads how many parameters a function has.
    pure_getters: true,
    keep_fargs: false,
  },
  mangle: { toplevel: true },
  format: { ecma: 5, ie8: true, ascii_only: true, inline_script: true, comments: false, wrap_iife: false },
};

/** Replaces names that only the build knows by their text; after the types are gone, so that `declare const` may name them. */
function constantsPlugin(constants: Readonly<Record<string, string>>): Plugin {
  return {
    name: "constants",
    transform(code) {
      let replaced = code;
      for (const [name, value] of Object.entries(constants))
        replaced = replaced.replaceAll(name, JSON.stringify(value));
      return replaced === code ? null : { code: replaced, map: null };
    },
  };
}

const sharedList = join(import.meta.dirname, "widget/loader/shared.ts");
const sharedGlobal = "shared-with-beckon";

/** `export { a, b } from "…";` of the shared list, with a short name for each in their order. */
function sharedExports(): { path: string; names: { long: string; short: string }[] }[] {
  let count = 10;
  return [...readFileSync(sharedList, "utf8").matchAll(/^export \{([^}]*)\} from "(.+)";$/gm)].map(
    ([, names, path]) => ({
      path: resolve(dirname(sharedList), path ?? ""),
      names: (names?.match(/\w+/g) ?? []).map((long) => ({ long, short: (count++).toString(36) })),
    }),
  );
}

/** In `beckon.js`: the list under its short names. */
function giveSharedModules(): Plugin {
  const lines = sharedExports().map(
    ({ path, names }) =>
      `export { ${names.map(({ long, short }) => `${long} as ${short}`).join(", ")} } from ${JSON.stringify(path)};`,
  );
  return {
    name: "give-shared-modules",
    transform: (_code, id) => (id === sharedList ? { code: lines.join("\n"), map: null } : null),
  };
}

/** In the panel: what the list names is not bundled but read off the global that `beckon.js` has made. Rollup refuses what it does not name. */
function takeSharedModules(): Plugin {
  const exports = sharedExports();
  const virtual = "\0shared";
  const names = exports.flatMap((module) => module.names).map(({ long, short }) => `${short} as ${long}`);
  return {
    name: "take-shared-modules",
    resolveId(source, importer) {
      if (source === sharedGlobal) return { id: source, external: true };
      const path = importer === undefined ? source : resolve(dirname(importer), source);
      return exports.some((module) => module.path === path) ? virtual : null;
    },
    load: (id) => (id === virtual ? `export { ${names.join(", ")} } from "${sharedGlobal}";` : null),
  };
}

/** The panel's style sheet is written one rule a line; the lines' ends need not travel. */
function styleOnOneLine(): Plugin {
  return {
    name: "style-on-one-line",
    transform: (code, id) => (id.endsWith("panel-style.ts") ? { code: code.replaceAll("}\n", "}"), map: null } : null),
  };
}

function emptyStyleSheets(): Plugin {
  return {
    name: "empty-style-sheets",
    load: (id) => (id.endsWith(".css") ? "" : null),
  };
}
