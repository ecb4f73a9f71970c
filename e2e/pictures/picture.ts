import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";

export const languages = ["en", "zh"] as const;
export type Language = (typeof languages)[number];
export const themes = ["light", "dark"] as const;
export type Theme = (typeof themes)[number];

export const localeOf: Readonly<Record<Language, string>> = { en: "en-GB", zh: "zh-CN" };

const folder = join(import.meta.dirname, "..", "..", "docs", "images");

/** `docs/images/<screen>-<theme>-<language>.png`, as the window shows it. */
export async function takePicture(page: Page, screen: string, theme: Theme, language: Language): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.screenshot({
    path: join(folder, `${screen}-${theme}-${language}.png`),
    animations: "disabled",
    caret: "hide",
  });
  process.stdout.write(`${screen}-${theme}-${language}\n`);
}
