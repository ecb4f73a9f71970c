/** The database dies, hangs, is locked, is full, or is an older one. */

import type { LabServer } from "../database.ts";
import { readStored } from "../gather-history.ts";
import { cutPower } from "../power/power-cut.ts";
import type { World } from "../world.ts";
import { withoutAcks } from "./acts.ts";
import { allCarriers, bothDatabases, duringFault, type Fault } from "./fault.ts";

const frozenMs = 3000;
/** Longer than the product waits for a lock. */
const lockedMs = 6000;
/** After those that had waited, so that many batches are synced. */
const powerCutMessages = 100;

function serverOf(world: World): LabServer {
  const { server } = world.database;
  if (!server) throw new RangeError("this database has no server");
  return server;
}

export const databaseFaults: readonly Fault[] = [
  {
    number: "6",
    name: "the power fails: what was not synced is gone, or torn",
    carriers: allCarriers,
    databases: ["sqlite"],
    async strike(world) {
      world.burst();
      await world.gateway.kill();
      await world.consumer.pause();
      let syncs = 0;
      await world.house.reopen(async () => {
        syncs = await cutPower(world, async () => {
          await world.acked(powerCutMessages);
          world.burst();
        });
      });
      world.consumer.goOn();
      await world.gateway.start();
      world.wake();
      return syncs;
    },
  },
  {
    number: "7",
    name: "kill -9 of the database, and a restart",
    carriers: allCarriers,
    databases: ["mariadb"],
    needsOwnServer: true,
    async strike(world) {
      world.burst();
      await serverOf(world).kill();
      const waited = await withoutAcks(world, 0, () => world.written(duringFault));
      await serverOf(world).start();
      return waited;
    },
  },
  {
    number: "8",
    name: "the database is frozen",
    carriers: allCarriers,
    databases: ["mariadb"],
    needsOwnServer: true,
    async strike(world) {
      await serverOf(world).freeze();
      const waited = await withoutAcks(world, frozenMs, async () => {
        await world.lasts(frozenMs);
        await world.written(duringFault);
      });
      serverOf(world).thaw();
      return waited;
    },
  },
  {
    number: "9",
    name: "the disk is full",
    carriers: allCarriers,
    databases: ["sqlite"],
    async strike(world) {
      world.burst();
      world.gateway.limitFiles(1);
      const waited = await withoutAcks(world, 0, () => world.written(2 * duringFault));
      world.gateway.limitFiles("unlimited");
      return waited;
    },
  },
  {
    number: "10",
    name: "another writer holds the lock",
    carriers: allCarriers,
    databases: bothDatabases,
    async strike(world) {
      const beside = world.database.openBeside();
      world.burst();
      const waited = await beside.transaction("append", async (connection) => {
        await connection.query(`SELECT number FROM conversations${beside.flags.lockRows}`, []);
        return withoutAcks(world, lockedMs / 2, () => world.lasts(lockedMs));
      });
      await beside.close();
      return waited;
    },
  },
  {
    number: "11",
    name: "an older backup is restored",
    carriers: allCarriers,
    databases: bothDatabases,
    async strike(world) {
      world.burst();
      await world.gateway.kill();
      await world.consumer.pause();
      await world.database.copy();
      world.consumer.goOn();
      await world.gateway.start();
      world.wake();
      await world.acked(duringFault);
      world.burst();
      await world.gateway.kill();
      await world.consumer.pause();
      await world.house.reopen(() => world.database.restore());
      const stored = await readStored(world);
      const gone = world.recorder.restored(new Set(stored.flatMap(({ events }) => events.map(({ id }) => id))));
      world.consumer.restored(new Map(stored.map(({ log, head }) => [log, head])));
      world.consumer.goOn();
      await world.gateway.start();
      world.wake();
      return gone;
    },
  },
];
