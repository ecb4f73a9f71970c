export type Language = "en" | "zh-CN";

/** `tag`: what the page or the snippet says (`zh-Hans`, `de-DE`); Chinese of any kind reads Simplified Chinese, all else English. */
export function languageOf(tag: string): Language {
  return /^zh\b/i.test(tag) ? "zh-CN" : "en";
}
