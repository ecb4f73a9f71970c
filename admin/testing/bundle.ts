/** The agents' page as the product bundles it, in memory, for tests. */
import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rollup } from "rollup";
import { adminBundle } from "../../rollup.config.ts";

const root = join(import.meta.dirname, "../..");

export interface PageFile {
  type: string;
  content: string;
}

let built: Promise<Map<string, PageFile>> | undefined;

/** Built once per process. */
export function buildAdminPage(): Promise<Map<string, PageFile>> {
  built ??= build();
  return built;
}

async function build(): Promise<Map<string, PageFile>> {
  const html = readFileSync(join(root, "admin/index.html"), "utf8")
    .replace("./main.tsx", "./admin.js")
    .replace("</head>", '<link rel="stylesheet" href="./admin.css"></head>');
  const files = new Map<string, PageFile>([
    ["/admin/admin.js", { type: "text/javascript", content: await script() }],
    ["/admin/admin.css", { type: "text/css", content: styleSheet() }],
    ["/admin/index.html", { type: "text/html; charset=utf-8", content: html }],
  ]);
  for (const face of ["mei", "jonas"])
    files.set(`/faces/${face}.svg`, { type: "image/svg+xml", content: faceDrawing(face) });
  return files;
}

/** Each test file is a process of its own: what one has bundled from the same sources serves the others. */
async function script(): Promise<string> {
  const folder = join(root, ".cache/admin-page");
  const kept = join(folder, `${sourcesHash()}.js`);
  if (existsSync(kept)) return readFileSync(kept, "utf8");
  const code = await bundle();
  mkdirSync(folder, { recursive: true });
  const unfinished = `${kept}.${process.pid}`;
  writeFileSync(unfinished, code);
  renameSync(unfinished, kept);
  return code;
}

function sourcesHash(): string {
  const hash = createHash("sha256");
  const sources = [
    "{admin,protocol,widget/store,widget/transports}/**/*.{ts,tsx,json}",
    "bin/build/*.ts",
    "*.{ts,json}",
  ];
  for (const path of globSync(sources, { cwd: root }).sort()) {
    if (!/\.test\.tsx?$|\/testing\//.test(path)) hash.update(`${path}\n`).update(readFileSync(join(root, path)));
  }
  return hash.digest("hex");
}

async function bundle(): Promise<string> {
  const options = adminBundle();
  const bundled = await rollup({ ...options, input: join(root, options.input) });
  const { output } = await bundled.generate(options.output);
  await bundled.close();
  const [chunk, ...others] = output.filter((file) => file.type === "chunk");
  if (chunk?.fileName !== "admin.js" || others.length > 0) throw new Error("the agents' page is one script");
  return chunk.code;
}

function styleSheet(): string {
  const paths = globSync("admin/**/*.css", { cwd: root }).sort(
    (a, b) => Number(b.endsWith("tokens.css")) - Number(a.endsWith("tokens.css")) || (a < b ? -1 : 1),
  );
  return paths.map((path) => readFileSync(join(root, path), "utf8")).join("\n");
}

function faceDrawing(name: string): string {
  const hair = name === "mei" ? "#263238" : "#8a5a3c";
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" fill="#d9e6e4"/><path d="M4 32c1-9 6-12 12-12s11 3 12 12z" fill="#456"/><circle cx="16" cy="13" r="7" fill="#e8c3a5"/><path d="M8 13c0-7 4-9 8-9s8 2 8 9c-2-4-5-5-8-5s-6 1-8 5z" fill="${hair}"/></svg>`;
}
