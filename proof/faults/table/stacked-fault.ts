/** Several faults at once: one of the gateway, one of people's devices, on a slow line. */
import { allCarriers, bothDatabases, type Fault } from "./fault.ts";

/** None of these changes the lines for the others. */
const ofGateway = ["1", "2", "3", "41", "43"];
const ofDevices = ["30", "31", "46", "47"];
const lineDelayMs = 30;
const rounds = 3;

export function stackedFault(single: readonly Fault[]): Fault {
  const named = (numbers: readonly string[]): Fault[] => single.filter(({ number }) => numbers.includes(number));
  return {
    number: "50",
    name: "several at once, one round after the other",
    carriers: allCarriers,
    databases: bothDatabases,
    async strike(world) {
      let hits = 0;
      for (let round = 0; round < rounds; round += 1) {
        await world.proxy.trouble({ delayMs: lineDelayMs });
        const chosen = [world.pick(named(ofGateway)), world.pick(named(ofDevices))];
        const all = await Promise.all(chosen.map((fault) => fault.strike(world)));
        if (all.every((count) => count > 0)) hits += await world.proxy.hits();
      }
      await world.proxy.fine();
      world.wake();
      return hits;
    },
  };
}
