/**
 * Real database servers for tests and benchmarks. Each kind is started at the first call, once for the whole run (vitest's workers
 * share it), on a free port with a folder of its own, and is ended and removed with the run.
 */
import { randomBytes } from "node:crypto";
import { type Connection, createConnection } from "mysql2/promise";
import { keeperUrl } from "../bin/test-servers/hire-keeper.ts";

/** A MariaDB server, `mysql://root@127.0.0.1:PORT`, without a database name. */
export function mariadbUrl(): Promise<string> {
  return serverUrl("mariadb");
}

/** A MySQL Community Server 5.6: a test engine that refuses SQL which only MariaDB knows. */
export function mysql56Url(): Promise<string> {
  return serverUrl("mysql56");
}

/** A Redis server without persistence, `redis://127.0.0.1:PORT`. */
export function redisUrl(): Promise<string> {
  return serverUrl("redis");
}

export interface FreshDatabase {
  /** The server's URL with the name of the new, empty database. */
  readonly url: string;
  /** Removes the database. Close every connection to it first. */
  drop(): Promise<void>;
}

/** Creates an empty utf8mb4 database with a random name on a server. */
export async function freshDatabase(serverUrl: string): Promise<FreshDatabase> {
  const name = `beckon_${randomBytes(8).toString("hex")}`;
  await onServer(serverUrl, (server) => server.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4`));
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () => onServer(serverUrl, (server) => server.query(`DROP DATABASE IF EXISTS ${name}`)),
  };
}

async function onServer(url: string, work: (server: Connection) => Promise<unknown>): Promise<void> {
  const server = await createConnection(url);
  try {
    await work(server);
  } finally {
    await server.end();
  }
}

async function serverUrl(kind: "mariadb" | "mysql56" | "redis"): Promise<string> {
  const answer = await fetch(`${await keeperUrl()}/${kind}`);
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return text;
}
