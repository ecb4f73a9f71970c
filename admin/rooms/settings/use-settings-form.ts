import { useState } from "preact/hooks";
import { useApp } from "../../components/use-app.ts";
import { type Saving, useSaving } from "../../components/use-saving.ts";
import type { ApiResult } from "../../state/api.ts";
import { refusalText } from "./refusal-text.ts";

type TextName<V> = { [K in keyof V]: V[K] extends string ? K : never }[keyof V] & string;

export interface SettingsForm<V> {
  readonly values: V;
  readonly saving: Saving;
  /** Sets one value; what was said of the last saving goes. */
  set<K extends keyof V>(name: K): (value: V[K]) => void;
  /** For a `Field`. `at`: what the API calls it, if not by its name here. */
  field(name: TextName<V>, at?: string): { value: string; onInput(value: string): void; error: string | undefined };
  /** Those that show their own errors, complete once the form is drawn. */
  readonly drawn: ReadonlySet<string>;
  submit(): Promise<void>;
}

export interface SettingsFormOptions<V, T> {
  save(values: V): Promise<ApiResult<T>>;
  saved?(value: T): unknown;
  /** Set back when it is saved; default none. */
  clears?: readonly (keyof V)[];
}

/** The values of a form, and what becomes of them. */
export function useSettingsForm<V extends object, T>(
  initial: V,
  { save, saved, clears = [] }: SettingsFormOptions<V, T>,
): SettingsForm<V> {
  const { texts } = useApp();
  const [values, setValues] = useState(initial);
  const saving = useSaving((refusal) => ({
    field: refusal.field ?? "",
    text: refusalText(texts.peek().settings, refusal),
  }));
  const drawn = new Set<string>();
  const change = (changed: object) => {
    setValues((present) => ({ ...present, ...changed }));
    saving.edited();
  };
  return {
    values,
    saving,
    drawn,
    set: (name) => (value) => change({ [name]: value }),
    field: (name, at = name) => {
      drawn.add(at);
      return { value: String(values[name]), onInput: (value) => change({ [name]: value }), error: saving.error(at) };
    },
    submit: async () => {
      const value = await saving.save(save(values));
      if (value === null) return;
      await saved?.(value);
      setValues((present) => ({ ...present, ...Object.fromEntries(clears.map((name) => [name, initial[name]])) }));
    },
  };
}
