import type { Plugin } from "rollup";
import { type MinifyOptions, minify } from "terser";

export type { MinifyOptions };

/** Terser on every chunk. */
export function minifyPlugin(options: MinifyOptions): Plugin {
  return {
    name: "minify",
    async renderChunk(code) {
      const { code: smaller } = await minify(code, options);
      return { code: smaller ?? code, map: null };
    },
  };
}
