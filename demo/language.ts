export type Language = "en" | "zh";
export const languages: readonly Language[] = ["en", "zh"];

/** One text in both languages. */
export type Local = { en: string; zh: string };

/** What `<html lang>` says; the chat follows it. */
export const htmlLang: Record<Language, string> = { en: "en", zh: "zh-CN" };

/** The address of a page: `path` is relative to the shop's root, "" is the home page. */
export function href(language: Language, path: string): string {
  return language === "en" ? `/demo/${path}` : `/demo/zh/${path}`;
}

/** Replaces `{name}` by the parameter of that name. */
export function fill(text: string, parameters: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(parameters[name] ?? whole));
}

/** Whole euros, written alike in both languages. */
export function euros(amount: number): string {
  return `€ ${amount.toLocaleString("en-US")}`;
}
