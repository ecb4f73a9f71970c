import { join, resolve } from "node:path";
import { createConnection, type RowDataPacket } from "mysql2/promise";
import type { ServerRecipe } from "./server-process.ts";

/** What MariaDB and MySQL have in common: small buffers, durable commits (their default), loopback only, root without a password. */
export function mysqlRecipe(server: {
  readonly name: string;
  readonly program: string;
  readonly folder: string;
  readonly dataFolder: string;
  readonly extraArguments?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}): ServerRecipe {
  const url = (port: number) => `mysql://root@127.0.0.1:${port}`;
  return {
    name: server.name,
    program: server.program,
    arguments: (port) => [
      "--no-defaults",
      ...(process.getuid?.() === 0 ? ["--user=root"] : []),
      `--datadir=${server.dataFolder}`,
      `--tmpdir=${server.folder}`,
      `--socket=${join(server.folder, "s.sock")}`,
      `--pid-file=${join(server.folder, "pid")}`,
      "--bind-address=127.0.0.1",
      `--port=${port}`,
      "--skip-name-resolve",
      "--max-connections=400",
      "--innodb-buffer-pool-size=64M",
      "--innodb-log-file-size=16M",
      "--performance-schema=off",
      ...(server.extraArguments ?? []),
    ],
    ...(server.environment === undefined ? {} : { environment: server.environment }),
    url,
    probe: async (port) => {
      const connection = await createConnection(url(port));
      const [rows] = await connection.query<RowDataPacket[]>("SELECT @@datadir AS folder");
      await connection.end();
      // Another run's server may have taken the port in the meantime.
      if (resolve(String(rows[0]?.folder)) !== server.dataFolder) throw new Error("not ours");
    },
    logPath: join(server.folder, "server.log"),
  };
}
