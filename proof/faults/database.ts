/** The database of a run: a file, or a schema on a MariaDB of the laboratory's own, which can be killed, frozen, locked, filled and restored. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createConnection } from "mysql2/promise";
import { keepFolder, keepProcess } from "../../bin/test-servers/keep.ts";
import { startMariadb } from "../../bin/test-servers/mariadb.ts";
import type { TestServer } from "../../bin/test-servers/server-process.ts";
import type { Dialect } from "../../storage/dialects/dialect.ts";
import { openMysql } from "../../storage/dialects/mysql.ts";
import { openSqlite } from "../../storage/dialects/sqlite.ts";
import { freshDatabase } from "../../storage/test-databases.ts";

export type DatabaseChoice = "sqlite" | "mariadb";

export interface LabDatabase {
  readonly choice: DatabaseChoice;
  readonly url: string;
  readonly server: LabServer | null;
  /** A connection beside the gateway's. */
  openBeside(): Dialect;
  /** Keeps its state. No gateway may run. */
  copy(): Promise<void>;
  /** Back to the copy, as another generation. No gateway may run. */
  restore(): Promise<void>;
  remove(): Promise<void>;
}

/** MariaDB, of which runs have a schema each. */
export class LabServer {
  readonly #folder = mkdtempSync(join(tmpdir(), "beckon-faults-mariadb-"));
  #server: TestServer | null = null;
  #port = 0;

  async start(): Promise<void> {
    if (this.#server) return;
    await keepFolder(this.#folder);
    this.#server = await startMariadb(this.#folder, this.#port || undefined);
    await keepProcess(this.#server.process);
    this.#port = Number(new URL(this.#server.url).port);
  }

  get url(): string {
    if (!this.#server) throw new Error("MariaDB is down");
    return this.#server.url;
  }

  /** kill -9. */
  async kill(): Promise<void> {
    await this.#server?.stop();
    this.#server = null;
  }

  freeze(): void {
    this.#server?.process.kill("SIGSTOP");
  }

  thaw(): void {
    this.#server?.process.kill("SIGCONT");
  }

  async remove(): Promise<void> {
    this.thaw();
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

export function sqliteDatabase(folder: string): LabDatabase {
  const path = join(folder, "beckon.sqlite");
  const backup = `${path}.backup`;
  return {
    choice: "sqlite",
    url: `sqlite:${path}`,
    server: null,
    openBeside: () => openSqlite({ path }),
    copy: async () => copyFiles(path, backup),
    async restore() {
      copyFiles(backup, path);
      await renew(openSqlite({ path }));
    },
    remove: async () => undefined,
  };
}

/** With what the write-ahead log holds. */
function copyFiles(from: string, to: string): void {
  execFileSync("rm", ["-f", to, `${to}-wal`, `${to}-shm`]);
  execFileSync("cp", [from, to]);
  execFileSync("sh", ["-c", 'if [ -e "$0-wal" ]; then cp "$0-wal" "$1-wal"; fi', from, to]);
}

export async function mariadbDatabase(server: LabServer): Promise<LabDatabase> {
  const fresh = await freshDatabase(server.url);
  const name = new URL(fresh.url).pathname.slice(1);
  const backup = `${name}_backup`;
  return {
    choice: "mariadb",
    url: fresh.url,
    server,
    openBeside: () => openMysql({ url: fresh.url }),
    copy: () => copyTables(server.url, name, backup),
    async restore() {
      await copyTables(server.url, backup, name);
      await renew(openMysql({ url: fresh.url }));
    },
    remove: () => fresh.drop(),
  };
}

async function copyTables(url: string, from: string, to: string): Promise<void> {
  const connection = await createConnection(url);
  try {
    await connection.query(`DROP DATABASE IF EXISTS ${to}`);
    await connection.query(`CREATE DATABASE ${to} CHARACTER SET utf8mb4`);
    const [rows] = await connection.query(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = '${from}'`,
    );
    for (const { name } of rows as { name: string }[]) {
      await connection.query(`CREATE TABLE ${to}.${name} LIKE ${from}.${name}`);
      await connection.query(`INSERT INTO ${to}.${name} SELECT * FROM ${from}.${name}`);
    }
  } finally {
    await connection.end();
  }
}

/** Another generation: clients offer again what they hold (SPEC, R10). */
async function renew(dialect: Dialect): Promise<void> {
  const generation = `r${Date.now().toString(36)}`;
  await dialect.transaction("rest", (connection) =>
    connection.execute("UPDATE settings SET content = ? WHERE name = 'generation'", [generation]),
  );
  await dialect.close();
}
