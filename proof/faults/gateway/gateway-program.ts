/** The laboratory's own composition root: the product's gateway with fail points that can kill it, a clock that jumps, and maybe a defect. */
import { readConfig } from "../../../gateway/config.ts";
import { machineClock } from "../../../gateway/machine/clock.ts";
import { machineIds } from "../../../gateway/machine/ids.ts";
import { composeGateway } from "../../../gateway/main.node.ts";
import type { Clock } from "../../../protocol/ports.ts";
import type { Dialect } from "../../../storage/dialects/dialect.ts";
import { openMysql } from "../../../storage/dialects/mysql.ts";
import { openSqlite } from "../../../storage/dialects/sqlite.ts";
import { openStorage, openStorageOver } from "../../../storage/open-storage.ts";
import type { Storage } from "../../../storage/storage.ts";
import { witnessAcks } from "../power/witness-acks.ts";
import type { GatewayOrders } from "./gateway-orders.ts";
import { mutateDialect, mutateStorage } from "./mutants.ts";
import { obey, tell } from "./obey.ts";

const orders = JSON.parse(process.argv[2] ?? "") as GatewayOrders;
const masterKey = Buffer.from(orders.masterKey, "hex");
let wallAheadMs = orders.wallAheadMs;
const reach = obey(orders.witnessPath, (ms) => {
  wallAheadMs += ms;
});

const clock: Clock = { ...machineClock, now: () => machineClock.now() + wallAheadMs };

/** Batches die in their transaction, or right after their commit. */
function withFailPoints(dialect: Dialect): Dialect {
  return {
    ...dialect,
    async transaction(pool, work) {
      const result = await dialect.transaction(pool, async (connection) => {
        const done = await work(connection);
        if (pool === "append") reach("in-transaction");
        return done;
      });
      if (pool === "append") reach("after-commit");
      return result;
    },
  };
}

async function openOrderedStorage(): Promise<Storage> {
  const options = { migrate: "never" as const, masterKey };
  if (!orders.failsInStorage) return openStorage(orders.databaseUrl, options);
  const path = /^sqlite:(.*)$/.exec(orders.databaseUrl)?.[1];
  const dialect = path === undefined ? openMysql({ url: orders.databaseUrl }) : openSqlite({ path });
  return openStorageOver(mutateDialect(withFailPoints(dialect), orders.mutant), options);
}

/** The defect: who consumes the logs is called back, and has no cursor. */
function handingOver(storage: Storage): Storage {
  if (orders.mutant !== "callback-instead-of-cursor") return storage;
  return {
    ...storage,
    async append(request) {
      const result = await storage.append(request);
      if (result.outcome === "stored")
        tell({
          handed: result.events.map(({ log, event: { seq, id } }) => ({
            log: `${result.conversation}/${log}`,
            seq,
            id,
          })),
        });
      return result;
    },
  };
}

const config = readConfig({ PORT: String(orders.port), BECKON_LOG_LEVEL: "warn", ...orders.settings }, undefined);
const mutated = mutateStorage(await openOrderedStorage(), orders.mutant, () => machineIds.id());
const storage = handingOver(witnessAcks(mutated, process.env.DISK_PREFIX));
const gateway = await composeGateway(
  config,
  { databaseUrl: orders.databaseUrl, masterKey, migrate: "never", demo: false, logDestination: 2 },
  { storage, clock, failPoints: { reach } },
);
process.on("SIGTERM", () => void gateway.stop(0).then(() => process.exit(0)));
tell({ ready: gateway.url });
