/** The faults of the matrix that any system of pages, lines and a server can meet. */
import type { Ground } from "../ground.ts";
import { mendLines } from "../table/acts.ts";
import { allCarriers, duringFault, type Fault } from "../table/fault.ts";
import { killsAndHangs } from "../table/gateway-faults.ts";
import { deadLines } from "../table/network-faults.ts";
import { pageFaults } from "../table/page-faults.ts";
import type { PeerWorld } from "./peer-world.ts";

/** As many as Beckon's pages write there. */
const composed = 20;

const airplane: Fault<PeerWorld> = {
  number: "33",
  name: "airplane mode, twenty messages, reload, back",
  carriers: allCarriers,
  databases: ["sqlite"],
  async strike(world) {
    const page = world.pick(world.living());
    world.burst();
    await world.proxy.trouble({ swallow: "both" }, page.line);
    for (let number = 0; number < composed; number += 1) page.say();
    page.load();
    await world.written(duringFault);
    await mendLines(world, page.line);
    return composed;
  },
};

/** One row of the table: what strikes Beckon, and what strikes a peer in the same way. */
export interface PeerFault {
  readonly number: string;
  readonly name: string;
  readonly ours: Fault;
  readonly theirs: Fault<PeerWorld>;
}

const shared: readonly Fault<Ground>[] = [...killsAndHangs, ...deadLines];

/** Each has pages and disks of its own kind here. */
const ofPages = pageFaults
  .filter(({ number }) => number === airplane.number)
  .map((ours): PeerFault => ({ number: ours.number, name: ours.name, ours, theirs: airplane }));

export const peerFaults: readonly PeerFault[] = [
  ...shared.map((fault): PeerFault => ({ number: fault.number, name: fault.name, ours: fault, theirs: fault })),
  ...ofPages,
].sort((one, other) => Number(one.number) - Number(other.number));
