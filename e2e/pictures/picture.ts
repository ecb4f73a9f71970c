import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContextOptions, Page } from "@playwright/test";

/** What every screen is shown in. */
export interface Look {
  readonly theme: "light" | "dark";
  readonly language: "en" | "zh";
}

export const looks: readonly Look[] = [
  { theme: "light", language: "en" },
  { theme: "light", language: "zh" },
  { theme: "dark", language: "en" },
  { theme: "dark", language: "zh" },
];

/** A browser of somebody who wants it so. */
export function contextFor({ theme, language }: Look): BrowserContextOptions {
  return { colorScheme: theme, locale: language === "zh" ? "zh-CN" : "en-GB" };
}

export const imageFolder = join(import.meta.dirname, "..", "..", "docs", "images");

/** `docs/images/<screen>-<theme>-<language>.png`, as the window shows it. */
export async function takePicture(page: Page, screen: string, { theme, language }: Look): Promise<void> {
  mkdirSync(imageFolder, { recursive: true });
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.screenshot({
    path: join(imageFolder, `${screen}-${theme}-${language}.png`),
    animations: "disabled",
    caret: "hide",
  });
  process.stdout.write(`${screen}-${theme}-${language}\n`);
}
