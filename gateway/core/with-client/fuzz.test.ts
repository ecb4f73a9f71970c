/** The real client and the real core through whatever a seed thinks of. `FUZZ_SEED` and `FUZZ_SEEDS` choose other runs. */
import { expect, it } from "vitest";
import { createSharedDisk } from "../../../protocol/testing/shared-disk.ts";
import type { Wire } from "../../../protocol/testing/wire.ts";
import { Scene, type Tab } from "../testing/scene.ts";

const seeds = Number(process.env.FUZZ_SEEDS ?? 30);
const firstSeed = Number(process.env.FUZZ_SEED ?? 1);
const steps = 50;
const calmMs = 90_000;

interface Speaker {
  readonly name: string;
  readonly tab: Tab;
  said: number;
}

async function run(seed: number): Promise<void> {
  const scene = await Scene.open(seed, 2);
  try {
    await live(scene);
  } finally {
    await scene.close();
  }
}

/** Two tabs of a visitor and an agent, who also writes notes, on two gateways. */
async function live(scene: Scene): Promise<void> {
  const { random, storage, house } = scene;
  let troubled = true;
  const roughen = (wire: Wire): void => {
    wire.latencyMs = () => (troubled ? random.below(80) : 5);
    wire.doubles = () => troubled && random.chance(0.05);
    wire.refuse = () => troubled && random.chance(0.1);
    wire.swallow = () => troubled && random.chance(0.1);
  };
  const disk = createSharedDisk(house.clock);
  const visitors = ["a", "b"].map((name) => ({ name, said: 0, tab: scene.visitor({ disk, wire: roughen }) }));
  const agent = { name: "x", said: 0, tab: scene.agent({ wire: roughen }) };
  const notes = { ...agent, name: "n" };
  const speakers: Speaker[] = [...visitors, agent, notes];
  const tabs = [...visitors, agent].map(({ tab }) => tab);
  for (const { tab } of visitors) tab.client.open("current");

  const log = (): string | undefined => visitors.map(({ tab }) => tab.client.log("current")?.log).find(Boolean);
  const open = (): string | undefined => {
    const found = log();
    for (const address of found ? [found, found.replace("public", "staff")] : []) agent.tab.client.open(address);
    return found;
  };
  const say = (speaker: Speaker): void => {
    const found = speaker.tab === agent.tab ? open() : "current";
    if (!found) return;
    const text = `${speaker.name} ${++speaker.said}`;
    if (speaker === notes) speaker.tab.client.publish(found.replace("public", "staff"), { kind: "note", text });
    else speaker.tab.say(text, found);
  };
  const faults: (() => unknown)[] = [
    () => random.pick(tabs).wire.cut(),
    () => random.pick(tabs).wire.deafen(random.pick(["up", "down", "both"])),
    () => {
      random.pick(tabs).reload();
      open();
    },
    () => scene.replace(random.pick(scene.gateways), tabs),
    () => Object.assign(storage, { down: !storage.down }),
    () => Object.assign(storage, { busy: !storage.busy }),
    () => random.pick(tabs).client.wake(),
  ];
  for (let step = 0; step < steps; step += 1) {
    if (random.chance(0.7)) say(random.pick(speakers));
    if (random.chance(0.3)) await random.pick(faults)();
    await scene.pass(random.below(random.chance(0.1) ? 12_000 : 500));
  }
  troubled = false;
  storage.heal();
  await scene.pass(calmMs, 500);
  const found = open();
  await scene.pass(calmMs, 500);

  for (const tab of tabs) {
    expect(tab.client.status()).toMatchObject({ phase: "online", unsent: 0 });
    expect(tab.failures).toEqual([]);
  }
  if (!found) return expect(speakers.map(({ said }) => said)).toEqual([0, 0, 0, 0]);
  const conversation = found.split("/")[0] as string;
  const stored = { public: await scene.stored(conversation), staff: await scene.stored(conversation, "staff") };
  for (const { name, said } of speakers) {
    const mine = stored[name === "n" ? "staff" : "public"].filter((text) => text.startsWith(`${name} `));
    expect(mine).toEqual(Array.from({ length: said }, (_, index) => `${name} ${index + 1}`));
  }
  for (const tab of tabs) expect(tab.textsOf(found)).toEqual(stored.public);
  expect(agent.tab.textsOf(found.replace("public", "staff"))).toEqual(stored.staff);
  for (const { tab } of visitors) expect(tab.received.join("\n")).not.toMatch(/staff|"note"|assigned|"n \d/);
}

for (let seed = firstSeed; seed < firstSeed + seeds; seed += 1) {
  it(`R1.1 nothing lost, doubled, out of order or told to the wrong side, seed ${seed}`, () => run(seed));
}
