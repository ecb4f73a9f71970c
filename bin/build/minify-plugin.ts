import type { Plugin } from "rollup";
import { type MinifyOptions, minify } from "terser";

export type { MinifyOptions };

/**
 * Terser on every chunk. `names`: of properties, long -> short; all others stay as they are. Terser knows names of browsers too, most of which
 * nothing here ever meets: `names` decides alone.
 */
export function minifyPlugin(options: MinifyOptions, names: ReadonlyMap<string, string> = new Map()): Plugin {
  return {
    name: "minify",
    async renderChunk(code) {
      const { code: smaller } = await minify(code, names.size > 0 ? withNames(options, names) : options);
      return { code: smaller ?? code, map: null };
    },
  };
}

/** Terser writes into its cache: each chunk gets one of its own. */
function withNames(options: MinifyOptions, names: ReadonlyMap<string, string>): MinifyOptions {
  const mangle = typeof options.mangle === "object" ? options.mangle : {};
  const regex = new RegExp(`^(${[...names.keys()].join("|")})$`);
  const props = Object.fromEntries([...names].map(([long, short]) => [`$${long}`, short]));
  return {
    ...options,
    mangle: { ...mangle, properties: { regex, keep_quoted: true, builtins: true } },
    nameCache: { props: { props } },
  };
}
