import { en } from "./en.ts";
import { zhCN } from "./zh-CN.ts";

/** The shape that every catalogue has: the English one with its sentences widened to text. */
export type Texts = Widened<typeof en>;
type Widened<T> = T extends string
  ? string
  : T extends (...values: infer Values) => infer Result
    ? (...values: Values) => Widened<Result>
    : { readonly [Key in keyof T]: Widened<T[Key]> };

export type Language = "en" | "zh-CN";

export const catalogues: { readonly [language in Language]: Texts } = { en, "zh-CN": zhCN };

/** The catalogue for what a browser prefers, best first; English where none fits. */
export function languageFor(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const lower = tag.toLowerCase();
    if (lower.startsWith("zh")) return "zh-CN";
    if (lower.startsWith("en")) return "en";
  }
  return "en";
}
