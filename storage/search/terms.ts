import { foldText } from "./fold-text.ts";

const maxTerms = 8;

/** What was typed, as words; all of them must occur. */
export function termsOf(text: string): string[] {
  return foldText(text).split(/\s+/u).filter(Boolean).slice(0, maxTerms);
}

export function matches(folded: string, terms: readonly string[]): boolean {
  return terms.every((term) => folded.includes(term));
}
