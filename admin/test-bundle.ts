/** The agents' page as the product bundles it, in memory, for tests. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { rollup } from "rollup";
import { adminBundle } from "../rollup.config.ts";

const root = join(import.meta.dirname, "..");

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
  const bundle = adminBundle();
  const bundled = await rollup({ ...bundle, input: join(root, bundle.input) });
  const { output } = await bundled.generate(bundle.output);
  await bundled.close();
  const files = new Map<string, PageFile>();
  for (const file of output) {
    if (file.type === "chunk") files.set(`/admin/${file.fileName}`, { type: "text/javascript", content: file.code });
  }
  const html = readFileSync(join(root, "admin/index.html"), "utf8")
    .replace("./main.tsx", "./admin.js")
    .replace("</head>", '<link rel="stylesheet" href="./admin.css"></head>');
  files.set("/admin/admin.css", { type: "text/css", content: styleSheet() });
  files.set("/admin/index.html", { type: "text/html; charset=utf-8", content: html });
  for (const face of ["mei", "jonas"])
    files.set(`/faces/${face}.svg`, { type: "image/svg+xml", content: faceDrawing(face) });
  return files;
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
