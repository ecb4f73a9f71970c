import { useState } from "preact/hooks";
import type { ApiRefusal, ApiResult } from "../state/api.ts";

export type SavingState = "idle" | "saving" | "saved" | "refused";

/** `field`: as the API names it, or "" for the form as a whole. */
export interface Wrong {
  readonly field: string;
  readonly text: string;
}

/** One form and the server: what was refused stands at its field, in words. */
export interface Saving {
  readonly state: SavingState;
  /** Empty unless something was refused. */
  readonly wrong: Wrong | null;
  /** Of a field that the form draws. */
  error(field: string): string | undefined;
  /** What no drawn field says. */
  rest(fields: Iterable<string>): string | undefined;
  save<T>(asked: Promise<ApiResult<T>>): Promise<T | null>;
  /** The page itself finds it wrong. */
  refuse(wrong: Wrong): void;
  /** Something was edited. */
  edited(): void;
}

export function useSaving(wordsOf: (refusal: ApiRefusal) => Wrong): Saving {
  const [state, setState] = useState<SavingState>("idle");
  const [wrong, setWrong] = useState<Wrong | null>(null);
  const at = (field: string) => wrong !== null && (wrong.field === field || wrong.field.startsWith(`${field}.`));
  const refuse = (found: Wrong) => {
    setState("refused");
    setWrong(found);
  };
  const begin = (next: SavingState) => {
    setState(next);
    setWrong(null);
  };
  return {
    state,
    wrong,
    error: (field) => (wrong && at(field) ? wrong.text : undefined),
    rest: (fields) => (wrong && ![...fields].some(at) ? wrong.text : undefined),
    save: async (asked) => {
      begin("saving");
      const answer = await asked;
      if (!answer.ok) {
        refuse(wordsOf(answer));
        return null;
      }
      setState("saved");
      return answer.value;
    },
    refuse,
    edited: () => begin("idle"),
  };
}
