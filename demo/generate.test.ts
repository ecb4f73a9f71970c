import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signedCustomers } from "../gateway/http/demo.ts";
import { articles } from "./articles.ts";
import { categories, products } from "./catalogue.ts";
import { demoCustomers } from "./customers.ts";
import { drawings } from "./drawings/drawing.ts";
import { generateDemo } from "./generate.ts";
import { en } from "./texts/en.ts";
import { zh } from "./texts/zh.ts";

const snippet = `<script async src="/beckon.js" data-site="demo"></script>`;
/** Addresses below /demo/ that the gateway answers itself, and the snippet's script. */
const servedElsewhere = ["/beckon.js"];
const chinese = /[\u4e00-\u9fff]/;

let outDir: string;
/** Every generated page by its path below the folder. */
const pages = new Map<string, string>();

beforeAll(async () => {
  outDir = await mkdtemp(join(tmpdir(), "northslope-"));
  await generateDemo(outDir);
  for (const path of await readdir(outDir, { recursive: true })) {
    if (path.endsWith(".html")) pages.set(path, await readFile(join(outDir, path), "utf8"));
  }
});

afterAll(() => rm(outDir, { recursive: true }));

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );

/** The file that a static server gives for an address of the shop. */
function fileOf(address: string): string {
  const path = address.replace(/^\/demo\//, "").replace(/[?#].*$/, "");
  return join(outDir, path.endsWith("/") || path === "" ? join(path, "index.html") : path);
}

function addresses(text: string): string[] {
  return [...text.matchAll(/(?:href|src|action|data-next|data-address)="([^"]+)"|"(?:address|picture)":"([^"]+)"/g)]
    .map(([, attribute, datum]) => attribute ?? datum ?? "")
    .filter((address) => !address.startsWith("#") && !servedElsewhere.includes(address));
}

const english = (): string[] => [...pages.keys()].filter((path) => !path.startsWith("zh/")).sort();

describe("pages", () => {
  test("there are at least ten, with twelve products among them, in both languages", () => {
    expect(english().length).toBeGreaterThanOrEqual(10);
    expect(products.length).toBeGreaterThanOrEqual(12);
    expect(
      [...pages.keys()]
        .filter((path) => path.startsWith("zh/"))
        .map((path) => path.slice(3))
        .sort(),
    ).toEqual(english());
  });

  test("every link and asset of every page is there", async () => {
    const wanted = new Set([...pages.values()].flatMap(addresses));
    expect(wanted.size).toBeGreaterThan(100);
    const missing = [];
    for (const address of wanted) {
      if (!address.startsWith("/demo/") || !(await isFile(fileOf(address)))) missing.push(address);
    }
    expect(missing).toEqual([]);
  });

  test("every script that another imports is there", async () => {
    const scripts = (await readdir(join(outDir, "assets"))).filter((name) => name.endsWith(".js"));
    for (const script of scripts) {
      const text = await readFile(join(outDir, "assets", script), "utf8");
      for (const [, name] of text.matchAll(/from "\.\/([^"]+)"/g)) expect(scripts, script).toContain(name);
    }
  });

  test("every link to a place in a page names a place that the page has", () => {
    const lost = [];
    for (const [path, text] of pages) {
      for (const [, address, place] of text.matchAll(/href="([^"#]*)#([^"]+)"/g)) {
        const target = address ? pages.get(fileOf(address).slice(outDir.length + 1)) : text;
        const found = target?.includes(`id="${place}"`) || target?.includes(`href="#${place}"`);
        if (!found) lost.push(`${path}: ${address}#${place}`);
      }
    }
    expect(lost).toEqual([]);
  });

  test("each has the snippet once, in its head; the plain page has it twice, in its body", () => {
    for (const [path, text] of pages) {
      const [head = "", body = ""] = text.split("</head>");
      const counts = [head, body].map((part) => part.split(snippet).length - 1);
      expect(counts, path).toEqual(path.endsWith("plain.html") ? [0, 2] : [1, 0]);
    }
  });

  test("each says its language, one title, one heading of the first level for its reader", () => {
    for (const [path, text] of pages) {
      expect(text, path).toMatch(path.startsWith("zh/") ? /<html lang="zh-CN">/ : /<html lang="en">/);
      expect(text.match(/<title>[^<]+<\/title>/g), path).toHaveLength(1);
      expect(text, path).toContain("<h1");
    }
  });

  test("nothing is fetched from anywhere else and no script stands in an attribute", () => {
    for (const [path, text] of pages) {
      expect(text.replaceAll("http://www.w3.org/2000/svg", ""), path).not.toMatch(/https?:|src="\/\/|\son\w+="/);
    }
  });

  test("no placeholder of a template is left open outside the texts for scripts", () => {
    for (const [path, text] of pages) {
      const shown = text
        .replace(/<script type="application\/json"[\s\S]*?<\/script>/g, "")
        .replace(/data-text="[^"]*"/g, "");
      expect(shown, path).not.toMatch(/\{\w+\}|undefined|\[object/);
    }
  });
});

describe("both languages", () => {
  type Tree = string | readonly Tree[] | { readonly [name: string]: Tree };
  const leaves = (tree: Tree, path = ""): [string, string][] =>
    typeof tree === "string"
      ? [[path, tree]]
      : Object.entries(tree).flatMap(([name, child]) => leaves(child as Tree, `${path}.${name}`));
  const placeholders = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();

  test("have the same texts, each filled and with the same placeholders", () => {
    const theirs = new Map(leaves(zh));
    expect([...theirs.keys()]).toEqual(leaves(en).map(([path]) => path));
    for (const [path, text] of leaves(en)) {
      expect(text, path).not.toBe("");
      expect(theirs.get(path), path).not.toBe("");
      expect(placeholders(theirs.get(path) ?? ""), path).toEqual(placeholders(text));
    }
  });

  test("say everything about each product and on each help page", () => {
    const texts = [
      ...categories.flatMap(({ name, intro, groups }) => [name, intro, ...groups.map((group) => group.name)]),
      ...products.flatMap(({ name, summary }) => [name, summary]),
      ...articles.flatMap(({ title, lead }) => [title, lead]),
    ];
    for (const text of texts) {
      expect(text.en).not.toMatch(chinese);
      expect(text.zh).toMatch(chinese);
    }
    for (const { slug, details } of products) expect(details.zh.length, slug).toBe(details.en.length);
  });
});

describe("catalogue", () => {
  test("every product has a drawing of its own, a file for each colour, and a group of its category", async () => {
    expect(products.map(({ slug }) => slug).sort()).toEqual(Object.keys(drawings).sort());
    expect(new Set(Object.values(drawings).map(({ draw }) => draw)).size).toBe(products.length);
    for (const product of products) {
      const category = categories.find(({ id }) => id === product.category);
      expect(
        category?.groups.map(({ id }) => id),
        product.slug,
      ).toContain(product.group);
      const files = await Promise.all(
        product.colours.map((colour) => readFile(join(outDir, "drawings", `${product.slug}-${colour}.svg`), "utf8")),
      );
      expect(new Set(files).size, product.slug).toBe(product.colours.length);
    }
  });

  test("the gateway signs each demo customer by the same key, name and address", () => {
    expect([...signedCustomers.keys()]).toEqual(demoCustomers.map(({ id }) => id));
    for (const { id, name, email } of demoCustomers) expect(signedCustomers.get(id)).toMatchObject({ name, email });
  });
});
