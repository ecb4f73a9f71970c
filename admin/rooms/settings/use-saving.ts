import { useState } from "preact/hooks";
import { useApp } from "../../components/use-app.ts";
import type { ApiResult } from "../../state/api.ts";
import { refusalText } from "./refusal-text.ts";

export type SavingState = "idle" | "saving" | "saved" | "refused";

/** One form and the server: what was refused stands at its field, in words. */
export interface Saving {
  readonly state: SavingState;
  /** The field, or "" for the form as a whole; empty unless something was refused. */
  readonly wrong: { readonly field: string; readonly text: string } | null;
  /** Of a field that the form draws. */
  error(field: string): string | undefined;
  /** What no drawn field says. */
  rest(fields: readonly string[]): string | undefined;
  save<T>(asked: Promise<ApiResult<T>>): Promise<T | null>;
  /** Something was edited. */
  edited(): void;
}

export function useSaving(): Saving {
  const { texts } = useApp();
  const [state, setState] = useState<SavingState>("idle");
  const [wrong, setWrong] = useState<Saving["wrong"]>(null);
  const at = (field: string) => wrong !== null && (wrong.field === field || wrong.field.startsWith(`${field}.`));
  return {
    state,
    wrong,
    error: (field) => (wrong && at(field) ? wrong.text : undefined),
    rest: (fields) => (wrong && !fields.some(at) ? wrong.text : undefined),
    save: async (asked) => {
      setState("saving");
      setWrong(null);
      const answer = await asked;
      setState(answer.ok ? "saved" : "refused");
      if (answer.ok) return answer.value;
      setWrong({ field: answer.field ?? "", text: refusalText(texts.peek().settings, answer) });
      return null;
    },
    edited: () => {
      setState("idle");
      setWrong(null);
    },
  };
}
