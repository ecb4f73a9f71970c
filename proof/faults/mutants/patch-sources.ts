/** Imported before a program (`node --import`): the source that LAB_MUTANT names is loaded with its defect. */
import { registerHooks } from "node:module";
import { sourceMutants } from "./source-mutants.ts";

const name = process.env.LAB_MUTANT as keyof typeof sourceMutants;
const { file, words, instead } = sourceMutants[name];
const url = new URL(`../../../${file}`, import.meta.url).href;

registerHooks({
  load(wanted, context, next) {
    const loaded = next(wanted, context);
    if (wanted !== url) return loaded;
    const source =
      typeof loaded.source === "string" ? loaded.source : Buffer.from(loaded.source as Uint8Array).toString();
    return { ...loaded, source: source.replace(words, () => instead) };
  },
});
