import { effect, type Signal, signal } from "@preact/signals";
import { type Language, languageFor } from "../texts/catalogues.ts";

export type Theme = "system" | "light" | "dark";

/** Belongs to the device, not to the login: also the sign-in screen follows it. */
export interface Preferences {
  theme: Signal<Theme>;
  language: Signal<Language>;
  /** Keys without Ctrl act outside fields; people who use a voice switch them off. */
  singleKeys: Signal<boolean>;
}

const key = "beckon/preferences";

export function openPreferences(storage: Storage | null, browserLanguages: readonly string[]): Preferences {
  const stored = readStored(storage);
  const preferences: Preferences = {
    theme: signal(stored.theme === "light" || stored.theme === "dark" ? stored.theme : "system"),
    language: signal(
      stored.language === "en" || stored.language === "zh-CN" ? stored.language : languageFor(browserLanguages),
    ),
    singleKeys: signal(stored.singleKeys !== false),
  };
  let first = true;
  effect(() => {
    const { theme, language, singleKeys } = preferences;
    const value = JSON.stringify({ theme: theme.value, language: language.value, singleKeys: singleKeys.value });
    if (!first) keep(storage, value);
    first = false;
  });
  return preferences;
}

function readStored(storage: Storage | null): { theme?: unknown; language?: unknown; singleKeys?: unknown } {
  try {
    return JSON.parse(storage?.getItem(key) ?? "{}") ?? {};
  } catch {
    return {};
  }
}

function keep(storage: Storage | null, value: string): void {
  try {
    storage?.setItem(key, value);
  } catch {
    // Full or blocked: the choice holds for this page.
  }
}
