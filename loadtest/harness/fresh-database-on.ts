import { createConnection } from "mysql2/promise";

/** Creates an empty database on a server that was started for one benchmark alone; it goes with the server. */
export async function freshDatabaseOn(serverUrl: string): Promise<string> {
  const server = await createConnection(serverUrl);
  try {
    await server.query("CREATE DATABASE beckon CHARACTER SET utf8mb4");
  } finally {
    await server.end();
  }
  const url = new URL(serverUrl);
  url.pathname = "/beckon";
  return url.href;
}
