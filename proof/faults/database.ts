/** The database of a run: a file, or a schema on a MariaDB of the laboratory's own, which can be killed, frozen, locked, filled and restored. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
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

/** MariaDB, of which runs have a schema each: one of the laboratory's own, or (with a URL) one that may not be killed or frozen. */
export class LabServer {
  readonly #givenUrl: string | null;
  #folder = "";
  #server: TestServer | null = null;
  #port = 0;

  constructor(givenUrl: string | null = null) {
    this.#givenUrl = givenUrl;
  }

  async start(): Promise<void> {
    if (this.#server || this.#givenUrl !== null) return;
    if (this.#folder === "") {
      this.#folder = mkdtempSync(join(tmpdir(), "beckon-faults-mariadb-"));
      await keepFolder(this.#folder);
    }
    this.#server = await startMariadb(this.#folder, this.#port || undefined);
    await keepProcess(this.#server.process);
    this.#port = Number(new URL(this.#server.url).port);
  }

  get url(): string {
    if (this.#givenUrl !== null) return this.#givenUrl;
    if (!this.#server) throw new Error("MariaDB is down");
    return this.#server.url;
  }

  /** kill -9. */
  async kill(): Promise<void> {
    await this.#server?.stop();
    this.#server = null;
  }

  /** Resolves when it stands still. */
  async freeze(): Promise<void> {
    const server = this.#server?.process;
    if (!server) throw new Error("there is no MariaDB that could be frozen");
    server.kill("SIGSTOP");
    while (!/^State:\tT/m.test(readFileSync(`/proc/${server.pid}/status`, "utf8"))) await sleep(1);
  }

  thaw(): void {
    this.#server?.process.kill("SIGCONT");
  }

  async remove(): Promise<void> {
    this.thaw();
    await this.kill();
    if (this.#folder !== "") rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** `path`: of a file that is not there yet. */
export function sqliteDatabase(path: string): LabDatabase {
  if (existsSync(path)) throw new RangeError(`${path} exists; runs make a database of their own`);
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
    async remove() {
      removeFiles(path);
      removeFiles(backup);
    },
  };
}

/** With what the write-ahead log holds. */
export function copyFiles(from: string, to: string): void {
  removeFiles(to);
  execFileSync("cp", [from, to]);
  execFileSync("sh", ["-c", 'if [ -e "$0-wal" ]; then cp "$0-wal" "$1-wal"; fi', from, to]);
}

function removeFiles(path: string): void {
  for (const end of ["", "-wal", "-shm"]) rmSync(`${path}${end}`, { force: true });
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
    async remove() {
      await fresh.drop();
      await drop(server.url, backup);
    },
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

async function drop(url: string, name: string): Promise<void> {
  const connection = await createConnection(url);
  await connection.query(`DROP DATABASE IF EXISTS ${name}`);
  await connection.end();
}

/** Another generation: clients offer again what they hold (SPEC, R10). */
async function renew(dialect: Dialect): Promise<void> {
  const generation = `r${Date.now().toString(36)}`;
  await dialect.transaction("rest", (connection) =>
    connection.execute("UPDATE settings SET content = ? WHERE name = 'generation'", [generation]),
  );
  await dialect.close();
}
