/** What happens to a person's device: it sleeps, crashes, is offline, is duplicated, loses its disk, or its clock is wrong. */
import type { Page } from "../page.ts";
import type { World } from "../world.ts";
import { compose, mendLines, onDisk } from "./acts.ts";
import { allCarriers, duringFault, type Fault } from "./fault.ts";

const anyDatabase = { carriers: allCarriers, databases: ["sqlite"] as const };
const dayMs = 86_400_000;
const composed = 20;
/** Longer than a gateway waits for a page that it believes to be hidden. */
const hiddenMs = 160_000;

function anyPage(world: World): Page {
  return world.pick(world.living());
}

export const pageFaults: readonly Fault[] = [
  {
    ...anyDatabase,
    number: "30",
    name: "clocks of devices are wrong by days",
    async strike(world) {
      const misread = (): number => world.browsers.reduce((sum, browser) => sum + browser.misread, 0);
      const before = misread();
      for (const browser of world.browsers) browser.wallAheadMs = world.pick([-1, 1]) * world.whole(1, 9) * dayMs;
      world.burst();
      await world.written(duringFault);
      for (const browser of world.browsers) browser.wallAheadMs = 0;
      return misread() - before;
    },
  },
  {
    ...anyDatabase,
    number: "31",
    name: "tabs freeze and wake up",
    async strike(world) {
      world.burst();
      const frozen = world.living().filter((_, index) => index % 2 === 0);
      for (const page of frozen) page.gate.paused = true;
      await world.written(duringFault);
      await world.proxy.cut("both");
      await world.written(duringFault);
      const held = frozen.reduce((sum, page) => sum + page.gate.held, 0);
      for (const page of frozen) {
        page.gate.resume();
        page.gate.run(() => page.client.wake());
      }
      return held;
    },
  },
  {
    ...anyDatabase,
    number: "32",
    name: "tabs are hidden: their timers run once in a minute",
    async strike(world) {
      const hidden = world.living().filter((_, index) => index % 2 === 0);
      const before = hidden.map((page) => ({ page, falls: page.falls, late: page.gate.late }));
      for (const page of hidden) page.gate.hidden = true;
      world.burst();
      // Nobody speaks, so that nothing but timers keeps the links alive.
      world.quiet();
      await world.lasts(hiddenMs / world.options.speed);
      world.talk();
      for (const { page, falls } of before) {
        if (page.falls > falls) world.recorder.accuse("unacked", `${page.name} lost its link because it was hidden`);
        page.gate.hidden = false;
      }
      world.burst();
      world.wake();
      return before.reduce((sum, { page, late }) => sum + page.gate.late - late, 0);
    },
  },
  {
    ...anyDatabase,
    number: "33",
    name: "airplane mode, twenty messages, reload, back",
    async strike(world) {
      const page = anyPage(world);
      world.burst();
      await world.proxy.trouble({ swallow: "both" }, page.line);
      const waiting = await compose(world, page, composed);
      page.crash();
      page.open();
      await world.written(duringFault);
      await mendLines(world, page.line);
      return waiting.length;
    },
  },
  {
    ...anyDatabase,
    number: "34",
    name: "two tabs of one visitor write, one is cut again and again",
    async strike(world) {
      const [one, other] = [world.page("v1a"), world.page("v1b")];
      let hits = 0;
      for (let round = 0; round < 5; round += 1) {
        one.say("current", "v1");
        other.say("current", "v1");
        hits += await world.proxy.cut("both", one.line);
        one.client.wake();
        await world.written(duringFault / 5);
      }
      return hits;
    },
  },
  {
    ...anyDatabase,
    number: "35",
    name: "a tab is duplicated with its producer",
    async strike(world) {
      const original = world.page("v2");
      const clone = world.spare(original);
      world.burst();
      // One that is there from an earlier time has a producer of its own by now.
      clone.crash();
      clone.producers.clear();
      clone.open(original);
      await world.written(duringFault);
      await world.until(() => clone.online);
      clone.say("current", original.browser.person.name);
      original.say("current", original.browser.person.name);
      await world.acked(duringFault);
      return [...clone.producers].filter((producer) => original.producers.has(producer)).length;
    },
  },
  {
    ...anyDatabase,
    number: "36",
    name: "a tab crashes with an outbox, the other one adopts it",
    async strike(world) {
      const page = world.page("v1a");
      // Some of it is stored, and the acks are lost; the rest never leaves the page.
      await world.proxy.trouble({ swallow: "down" }, page.line);
      await compose(world, page, composed / 2);
      await world.acked(duringFault);
      await world.proxy.trouble({ swallow: "both" }, page.line);
      const waiting = await compose(world, page, composed / 2);
      page.crash();
      await world.proxy.fine(page.line);
      // The other tab sends it all before this one is there again.
      await world.until(() => onDisk(page, waiting) === 0);
      page.open();
      return waiting.length;
    },
  },
  {
    ...anyDatabase,
    number: "37",
    name: "two devices of one agent write, one is offline",
    async strike(world) {
      const page = world.page("x1a");
      await world.proxy.trouble({ swallow: "both" }, page.line);
      world.burst();
      await world.written(2 * duringFault);
      return mendLines(world, page.line);
    },
  },
  {
    ...anyDatabase,
    number: "46",
    name: "a device's store goes back to an older state",
    async strike(world) {
      const page = world.page("v3");
      page.browser.copyDisk();
      await world.acked(duringFault);
      page.say("current", "v3");
      const lost = page.waiting();
      page.crash();
      const changed = page.browser.rollBack();
      // What only the lost state held is gone with it.
      for (const id of lost) world.recorder.excuse(id);
      page.open();
      world.burst();
      await world.written(duringFault);
      return changed;
    },
  },
  {
    ...anyDatabase,
    number: "47",
    name: "the device's disk is full",
    async strike(world) {
      const failed = (): number => world.living().reduce((sum, page) => sum + page.failedWrites, 0);
      const before = failed();
      for (const page of world.living()) page.store.failWith("full");
      world.burst();
      await world.proxy.cut("both");
      await world.written(duringFault);
      const hits = failed() - before;
      for (const page of world.living()) page.store.failWith(null);
      world.wake();
      return hits;
    },
  },
];
