/** What the build made, and how long browsers may keep it. */
import { join } from "node:path";
import { createStaticFiles, type StaticFiles } from "./static-files.ts";

const immutable = "public, max-age=31536000, immutable";

/** The script is fetched by pages of every origin, also by isolated ones. */
const everyOrigin = {
  "Access-Control-Allow-Origin": "*",
  "Cross-Origin-Resource-Policy": "cross-origin",
  "Timing-Allow-Origin": "*",
};

/** The agents' page runs nothing but its own files and cannot be framed. */
const adminHeaders = {
  "Content-Security-Policy":
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self' ws: wss:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "no-referrer",
  "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
  "Cross-Origin-Opener-Policy": "same-origin",
};

export function createBuiltFiles(dist: string): StaticFiles {
  return createStaticFiles([
    { prefix: "/demo/", folder: join(dist, "demo"), cacheControl: "no-cache" },
    { prefix: "/admin/", folder: join(dist, "admin"), cacheControl: "no-cache", headers: adminHeaders },
    { prefix: "/assets/", folder: join(dist, "assets"), cacheControl: immutable, headers: everyOrigin },
    { prefix: "/", folder: dist, only: "beckon.js", cacheControl: "public, max-age=300", headers: everyOrigin },
  ]);
}
