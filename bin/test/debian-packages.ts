import { spawnSync } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";

/** What the tests start or need, and a file that shows that it is there. */
const needed = [
  { debianPackage: "mariadb-server", files: ["/usr/sbin/mariadbd", "/usr/local/sbin/mariadbd"] },
  { debianPackage: "redis-server", files: ["/usr/bin/redis-server", "/usr/local/bin/redis-server"] },
  { debianPackage: "chromium", files: ["/usr/bin/chromium"] },
  { debianPackage: "nginx-light", files: ["/usr/sbin/nginx"] },
  { debianPackage: "gcc", files: ["/usr/bin/cc"] },
  { debianPackage: "libc6-dev", files: ["/usr/include/stdio.h"] },
  { debianPackage: "fonts-noto-cjk", files: ["/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"] },
];
const policyPath = "/usr/sbin/policy-rc.d";

/** Installs what is missing where that is allowed (root on Debian); else throws the line to type. */
export function ensureDebianPackages(): void {
  const missing = needed
    .filter(({ files }) => !files.some((file) => existsSync(file)))
    .map(({ debianPackage }) => debianPackage);
  if (missing.length === 0) return;
  const line = `apt-get install -y --no-install-recommends ${missing.join(" ")}`;
  if (!existsSync("/usr/bin/apt-get") || process.getuid?.() !== 0) {
    throw new Error(`The tests need ${missing.join(", ")}. On Debian: sudo sh -c "apt-get update && ${line}"`);
  }
  process.stderr.write(`Installing ${missing.join(", ")} …\n`);
  withoutStartingServices(() => {
    apt("update");
    apt("install", "-y", "--no-install-recommends", ...missing);
  });
}

function apt(...words: string[]): void {
  const { status, stdout, stderr } = spawnSync("apt-get", ["-q", "-o", "DPkg::Lock::Timeout=600", ...words], {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
  if (status !== 0) throw new Error(`${stdout}\n${stderr}\napt-get ${words.join(" ")} failed (exit code ${status}).`);
}

/** Debian starts a server as soon as it is installed, unless this file says no. The tests start their own. */
function withoutStartingServices(work: () => void): void {
  const ours = !existsSync(policyPath);
  if (ours) writeFileSync(policyPath, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  try {
    work();
  } finally {
    if (ours) rmSync(policyPath, { force: true });
  }
}
