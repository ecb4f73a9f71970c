/**
 * Builds what browsers load into `dist/`, which is replaced as a whole:
 *
 *   beckon.js                     the snippet's script: its address never changes
 *   assets/<hash>/…               everything else that browsers load: immutable, so it may be cached for ever
 *   admin/index.html              the agents' page
 *   demo/                         the demo shop's pages
 *   unplug/                       the stage of `npm start`, which breaks things on purpose
 *   <file>.br, <file>.gz          compressed once, here
 *   manifest.json                 name -> { url, bytes, gzip, sha384 }
 */
import { existsSync, globSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type OutputBundle, rollup } from "rollup";
import { generateDemo } from "../../demo/generate.ts";
import { generateUnplug } from "../../demo/unplug/generate-unplug.ts";
import {
  adminBundle,
  type Bundle,
  loaderBundle,
  type PanelLanguage,
  panelBundle,
  panelLanguages,
} from "../../rollup.config.ts";
import { contentHash, OutputFolder } from "./output-folder.ts";
import { sizeFaults } from "./size-gate.ts";

const root = join(import.meta.dirname, "..", "..");
const dist = join(root, "dist");
const workFolder = join(root, ".cache");

async function chunksOf(bundle: Bundle): Promise<{ fileName: string; code: string }[]> {
  const build = await rollup({ ...bundle, input: join(root, bundle.input), onwarn: failOnWarning });
  const { output } = await build.generate(bundle.output);
  await build.close();
  return output.flatMap((file: OutputBundle[string]) => (file.type === "chunk" ? [file] : []));
}

function failOnWarning(warning: { readonly message: string }): never {
  throw new Error(warning.message);
}

function panelName(language: PanelLanguage): string {
  return `panel.${language}.js`;
}

async function buildPanel(output: OutputFolder): Promise<void> {
  for (const language of panelLanguages) {
    const [panel] = await chunksOf(panelBundle(language));
    if (panel === undefined) throw new Error("the panel is empty");
    output.write(`assets/${contentHash(panel.code)}/${panelName(language)}`, panel.code);
  }
}

/** After the panel, whose addresses it carries. */
async function buildLoader(output: OutputFolder): Promise<void> {
  const urlOf = (language: PanelLanguage) => output.files.get(panelName(language))?.url ?? "";
  const [loader] = await chunksOf(loaderBundle({ en: urlOf("en"), "zh-CN": urlOf("zh-CN") }));
  if (loader === undefined) throw new Error("the loader is empty");
  output.write("beckon.js", loader.code);
}

async function buildAdmin(output: OutputFolder): Promise<void> {
  const chunks = await chunksOf(adminBundle());
  const css = collectStyleSheets();
  const folder = `assets/${contentHash(css, ...chunks.map((chunk) => chunk.code))}`;
  for (const chunk of chunks) output.write(`${folder}/${chunk.fileName}`, chunk.code);
  output.write(`${folder}/admin.css`, css);
  output.write("admin/index.html", adminPage(`/${folder}`), "admin/index.html");
}

/** All of admin's style sheets as one: the tokens first, then by path, so that the order does not hang on imports. */
function collectStyleSheets(): string {
  const paths = globSync("admin/**/*.css", { cwd: root }).sort(
    (a, b) => Number(isTokens(b)) - Number(isTokens(a)) || (a < b ? -1 : 1),
  );
  return paths.map((path) => readFileSync(join(root, path), "utf8")).join("\n");
}

function isTokens(path: string): boolean {
  return path.endsWith("tokens.css");
}

/** `admin/index.html` names its source, `src="./main.tsx"`; the built page names the immutable files. */
function adminPage(folderUrl: string): string {
  const source = readFileSync(join(root, "admin", "index.html"), "utf8");
  const page = source
    .replace(/src="\.?\/?main\.tsx"/, `src="${folderUrl}/admin.js"`)
    .replace("</head>", `<link rel="stylesheet" href="${folderUrl}/admin.css">\n</head>`);
  if (!page.includes("/admin.js") || !page.includes("/admin.css")) {
    throw new Error('admin/index.html must have a head and a script with src="./main.tsx"');
  }
  return page;
}

/** Puts the new folder in the old one's place, so that a gateway that is serving it never sees half a build. */
function replaceDist(fresh: string): void {
  const old = join(workFolder, `dist-old-${process.pid}`);
  for (;;) {
    if (existsSync(dist)) renameSync(dist, old);
    try {
      renameSync(fresh, dist);
      break;
    } catch (error) {
      // Another build has put its folder there in between; ours is newer.
      if (!existsSync(dist)) throw error;
    } finally {
      rmSync(old, { recursive: true, force: true });
    }
  }
}

async function buildDemo(output: OutputFolder): Promise<void> {
  await generateDemo(join(output.path, "demo"));
  await generateUnplug(join(output.path, "unplug"));
}

async function buildAll(): Promise<void> {
  const fresh = join(workFolder, `dist-new-${process.pid}`);
  const output = new OutputFolder(fresh);
  try {
    await buildPanel(output);
    await buildLoader(output);
    await buildAdmin(output);
    await buildDemo(output);
    for (const [name, { bytes, gzip }] of output.files) {
      process.stderr.write(`  ${name}: ${bytes} bytes, ${gzip} after gzip\n`);
    }
    const faults = sizeFaults(output.files);
    if (faults.length > 0) throw new Error(faults.join("; "));
    output.writeManifest();
    replaceDist(fresh);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

try {
  await buildAll();
} catch (error) {
  process.stderr.write(`The build failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
