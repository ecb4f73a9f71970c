import { cp, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { languages } from "../language.ts";
import { stagePage, visitorPage } from "./stage-page.ts";

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

/** Writes the pages of the stage into `outDir`, to be served under `/unplug/` by the stage and by nobody else. */
export async function generateUnplug(outDir: string): Promise<void> {
  await cp(new URL("./assets/", import.meta.url), join(outDir, "assets"), { recursive: true });
  for (const language of languages) {
    const root = language === "en" ? outDir : join(outDir, language);
    await write(join(root, "index.html"), stagePage(language));
    await write(join(root, "visitor", "index.html"), visitorPage(language));
  }
}
