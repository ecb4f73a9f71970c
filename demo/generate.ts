import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { articles } from "./articles.ts";
import { categories, products } from "./catalogue.ts";
import { pictureFile } from "./drawings/drawing.ts";
import { type Language, languages } from "./language.ts";
import { colourRules, palette } from "./palette.ts";
import { accountPage, ordersPage } from "./templates/account.ts";
import { articlePage } from "./templates/article.ts";
import { cartPage } from "./templates/cart.ts";
import { categoryPage } from "./templates/category.ts";
import { checkoutPages } from "./templates/checkout.ts";
import { finderPages } from "./templates/finder.ts";
import { homePage } from "./templates/home.ts";
import { layout, type Page } from "./templates/layout.ts";
import { plainPage } from "./templates/plain.ts";
import { productPage } from "./templates/product.ts";
import { searchPage } from "./templates/search.ts";
import { unplugPage } from "./templates/unplug.ts";

function pages(language: Language): readonly Page[] {
  return [
    homePage(language),
    ...categories.map((category) => categoryPage(language, category)),
    ...products.map((product) => productPage(language, product)),
    ...articles.map((article) => articlePage(language, article)),
    searchPage(language),
    unplugPage(language),
    accountPage(language),
    ordersPage(language),
    cartPage(language),
    ...checkoutPages(language),
    ...finderPages(language),
  ];
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

/** In this order: a later sheet may refine an earlier one. */
const sheets = [
  "base",
  "frame",
  "text",
  "home",
  "lists",
  "product",
  "fields",
  "cart",
  "checkout",
  "account",
  "help",
  "finder",
];

async function styleSheet(): Promise<string> {
  const texts = await Promise.all(
    sheets.map((name) => readFile(new URL(`./styles/${name}.css`, import.meta.url), "utf8")),
  );
  return [...texts, colourRules()].join("\n");
}

async function writeDrawings(outDir: string): Promise<void> {
  for (const { slug, colours } of products) {
    for (const colour of colours) {
      await write(join(outDir, "drawings", `${slug}-${colour}.svg`), pictureFile(slug, palette[colour].paint));
    }
  }
}

async function writePages(outDir: string, language: Language): Promise<void> {
  const root = language === "en" ? outDir : join(outDir, language);
  for (const page of pages(language)) await write(join(root, page.path, "index.html"), layout(language, page));
  await write(join(root, "plain.html"), plainPage(language));
}

/**
 * Writes the demo shop as static files into `outDir`, to be served under `/demo/` with `index.html` for folders.
 * English lies at the top, Chinese under `zh/`. Files that are there are overwritten, none is deleted.
 */
export async function generateDemo(outDir: string): Promise<void> {
  await cp(new URL("./assets/", import.meta.url), join(outDir, "assets"), { recursive: true });
  await write(join(outDir, "assets", "shop.css"), await styleSheet());
  await writeDrawings(outDir);
  for (const language of languages) await writePages(outDir, language);
}

const [, script, outDir] = process.argv;
if (script && import.meta.url === pathToFileURL(script).href) await generateDemo(outDir ?? "dist/demo");
