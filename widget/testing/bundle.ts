import { join } from "node:path";
import { type RollupOptions, rollup } from "rollup";
import ts from "typescript";
import { transpilePlugin } from "../../bin/build/transpile-plugin.ts";

const root = join(import.meta.dirname, "..", "..");

/** A module of this repository and all that it imports, as one script that puts its exports on `window.<name>`. */
export async function bundleForBrowser(path: string, name: string): Promise<string> {
  return generate({
    input: path,
    plugins: [transpilePlugin({ target: ts.ScriptTarget.ES2022 })],
    output: { format: "iife", name, extend: false },
  });
}

/** One of the product's own bundles, as `rollup.config.ts` describes it. */
export async function generate(bundle: RollupOptions & { input: string }): Promise<string> {
  const output = Array.isArray(bundle.output) ? bundle.output[0] : bundle.output;
  const build = await rollup({ ...bundle, input: join(root, bundle.input) });
  const { output: chunks } = await build.generate(output ?? {});
  await build.close();
  return chunks[0].code;
}
