/** The only gateway is killed while hundreds are there, and all come back at once. */
import { Crowd } from "../crowd/crowd.ts";
import { readCosts } from "../crowd/read-costs.ts";
import { untilAllOffline } from "./acts.ts";
import { allCarriers, bothDatabases, duringFault, type Fault } from "./fault.ts";

const visitors = 250;
/** Of each visitor: their conversation is read for all of them. */
const pagesEach = 2;

export const stormFault: Fault = {
  carriers: allCarriers,
  databases: bothDatabases,
  number: "41",
  name: "kill -9 of the only gateway, hundreds come back at once",
  async strike(world) {
    const crowd = await Crowd.gather(world, visitors, pagesEach);
    try {
      world.burst();
      await crowd.say();
      const there = await untilAllOffline(world, () => world.gateway.kill());
      await crowd.fallen();
      await crowd.say();
      await world.written(duringFault);
      await world.gateway.start();
      world.wake();
      await crowd.settled();
      const { hellos, logReads, statements } = await readCosts(world.gatewayUrl);
      world.notes.push(
        `41: ${visitors * pagesEach} pages of ${visitors} conversations came back, with ${hellos} hellos of everybody: ` +
          `${logReads} reads of logs, ${(statements / hellos).toFixed(1)} statements for each hello, with what was published`,
      );
      world.recorder.charge(await crowd.verdict());
      return there + visitors * pagesEach;
    } finally {
      await crowd.stop();
    }
  },
};
