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
    plugins: [sharedModules("widget/loader/shared.ts"), bundle.plugins],
    output: { ...bundle.output, globals: { [sharedId]: "Beckon.shared" } },
  };
}

/** The script of the snippet. `panelUrls`: the immutable addresses of the panel, which stand in the source as `__BECKON_PANEL_EN__` and so on. */
export function loaderBundle(panelUrls: Readonly<Record<PanelLanguage, string>>): Bundle {
  const constants: Record<string, string> = {};
  for (const language of panelLanguages) constants[panelConstant(language)] = panelUrls[language];
  return hostPageBundle("widget/loader/beckon.ts", constants);
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

function hostPageBundle(input: string, constants: Readonly<Record<string, string>>): Bundle {
  return {
    input,
    plugins: [
      transpilePlugin({ target: ts.ScriptTarget.ES5, alwaysStrict: false, importHelpers: true }),
      constantsPlugin(constants),
      nodeResolve(),
      minifyPlugin(es3Minify),
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
  compress: { ecma: 5, ie8: true, passes: 3, keep_infinity: true, typeofs: false, arrows: false, unsafe: false },
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

const sharedId = "shared-with-beckon";

/** Modules that `list` exports from are not bundled: they are read off the global that `beckon.js` has made. */
function sharedModules(list: string): Plugin {
  const listPath = join(import.meta.dirname, list);
  const names = [...readFileSync(listPath, "utf8").matchAll(/^export .* from "(.+)";$/gm)];
  const shared = new Set(names.map(([, name]) => resolve(dirname(listPath), name ?? "")));
  return {
    name: "shared-modules",
    resolveId(source, importer) {
      const path = importer === undefined ? source : resolve(dirname(importer), source);
      return shared.has(path) ? { id: sharedId, external: true } : null;
    },
  };
}

function emptyStyleSheets(): Plugin {
  return {
    name: "empty-style-sheets",
    load: (id) => (id.endsWith(".css") ? "" : null),
  };
}
