import { parse } from "acorn";
import type { Plugin } from "rollup";

/** TypeScript's helpers that call nothing newer than ES3. The others need `indexOf`, `Object.create`, `Promise` or `WeakMap`. */
const es3Helpers = new Set(["__assign", "__extends", "__spreadArray"]);

/**
 * What keeps a script off other people's pages: empty if it may go there. It must be ES3 in the strictest reading (also no reserved words as
 * plain names), free of comments (Internet Explorer runs some of them), plain ASCII (the page may have any encoding) and safe inside a
 * script element.
 */
export function hostPageFaults(code: string): string[] {
  const faults: string[] = [];
  const comments: string[] = [];
  try {
    parse(code, {
      ecmaVersion: 3,
      allowReserved: "never",
      onComment: (_block, text) => comments.push(text),
    });
  } catch (error) {
    faults.push(`is not ES3: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (comments.length > 0) faults.push(`contains a comment: ${comments[0]?.slice(0, 60)}`);
  const foreign = /[^\t\n\x20-\x7e]/.exec(code);
  if (foreign !== null) faults.push(`contains a character outside ASCII at ${foreign.index}`);
  if (/<\/script|<!--/i.test(code)) faults.push("would end or escape a script element");
  return faults;
}

/** Fails the build of a bundle that does not pass. */
export function hostPageGate(): Plugin {
  return {
    name: "host-page-gate",
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== "chunk") continue;
        const helpers = Object.entries(chunk.modules)
          .filter(([id]) => id.includes("/tslib/"))
          .flatMap(([, module]) => module.renderedExports)
          .filter((name) => !es3Helpers.has(name));
        const faults = [
          ...hostPageFaults(chunk.code),
          ...helpers.map((name) => `uses syntax that needs ${name}, which fails in old engines`),
        ];
        if (faults.length > 0) this.error(`${chunk.fileName} ${faults.join("; ")}`);
      }
    },
  };
}
