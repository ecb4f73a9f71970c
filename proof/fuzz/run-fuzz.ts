/** A gateway process, neighbours who talk, and strangers who say whatever a seed thinks of, until it has looked at so many frames. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createTenant } from "../../gateway/cli/create-tenant.ts";
import { ApiClient } from "../../gateway/testing/test-gateway.ts";
import { startWatchedGateway, type WatchedGateway } from "../../loadtest/harness/gateway-process.ts";
import { signInAgent } from "../../loadtest/harness/people.ts";
import { createSeededRandom } from "../../protocol/testing/seeded-random.ts";
import { openStorage } from "../../storage/open-storage.ts";
import { FrameSource } from "./frame-source.ts";
import { Knowledge } from "./knowledge.ts";
import { LogWatch } from "./log-watch.ts";
import { Neighbours } from "./neighbours.ts";
import { Dribble, flood, sendHugeBodies, sessionsPerAddress } from "./sieges.ts";
import { Stranger } from "./stranger.ts";
import { neighbourMark, Witness } from "./witness.ts";

export interface FuzzPlan {
  readonly seed: number;
  readonly frames: number;
  /** Connections at a time. */
  readonly lanes: number;
  /** Looks at the gateway's memory on the way. */
  readonly looks: number;
  /** How long all is quiet before each look. */
  readonly settleMs: number;
  /** Aborted: no further frames. */
  readonly signal?: AbortSignal;
  /** Told of each look. */
  readonly progress: (line: string) => void;
}

export interface FuzzResult {
  /** That the gateway has looked at, by its own count. */
  readonly frames: number;
  readonly neighbourMessages: number;
  readonly floodRefused: number;
  /** Connections whose headers never ended and that were still open at the end. */
  readonly slowHeadersHeld: number;
  readonly memory: readonly MemoryLook[];
  readonly witness: Witness;
  readonly log: LogWatch;
  /** Whatever should not have been, in words. */
  readonly faults: readonly string[];
}

export interface MemoryLook {
  readonly frames: number;
  /** Bytes of living objects. */
  readonly heap: number;
  readonly resident: number;
  readonly openFiles: number;
  readonly timers: number;
}

const password = "right-horse-battery";
const strangersWord = "zebra crossing at noon";
/** Few, so that what is kept of each (pages and events of a visit, up to their limits) is full soon. */
const visitorSecrets = 20;
const patienceMs = 60_000;
/** Grown full while it warms up, so that what grows after that is a leak. */
const settings = {
  BECKON_LOG_LEVEL: "debug",
  BECKON_VISIT_GRACE_MS: "1000",
  BECKON_MAX_VISITS: "500",
  BECKON_MAX_SESSIONS_PER_ADDRESS: String(sessionsPerAddress),
};

export async function runFuzz(plan: FuzzPlan): Promise<FuzzResult> {
  const folder = mkdtempSync(join(tmpdir(), "beckon-fuzz-"));
  const unspeakable = new Set<string>([password]);
  const log = new LogWatch([strangersWord, neighbourMark, password], () => unspeakable);
  const databaseUrl = `sqlite:${join(folder, "fuzz.sqlite")}`;
  const masterKey = Buffer.alloc(32, plan.seed);
  await addForeignTenant(databaseUrl, masterKey);
  const database = { BECKON_DATABASE: databaseUrl, BECKON_MASTER_KEY: masterKey.toString("hex") };
  const gateway = await startWatchedGateway({ ...settings, ...database }, (line) => log.heard(line));
  try {
    return await attack(plan, gateway, log, unspeakable);
  } finally {
    await gateway.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function attack(
  plan: FuzzPlan,
  gateway: WatchedGateway,
  log: LogWatch,
  unspeakable: Set<string>,
): Promise<FuzzResult> {
  const random = createSeededRandom(plan.seed);
  const witness = new Witness();
  const [mei] = gateway.logins;
  if (mei === undefined) throw new Error("the gateway has no agent");
  for (const login of gateway.logins) unspeakable.add(login.password);
  const neighbours = new Neighbours({
    url: gateway.url,
    site: gateway.site,
    buyToken: await signInAgent(gateway.url, mei),
  });
  const knowledge = new Knowledge({
    url: gateway.url,
    sites: [gateway.site, "south", "nowhere"],
    secrets: Array.from({ length: visitorSecrets }, () => random.id()),
    secret: strangersWord,
    unspeakable,
    buyers: {
      agent: await Promise.all(
        ["owner", "agent"].map((name) => signInAgent(gateway.url, { email: `${name}@south.example`, password })),
      ),
      viewer: [await hireViewer(gateway.url, mei)],
    },
  });
  const dribble = new Dribble(gateway.url);
  try {
    knowledge.logs.push(...(await neighbours.begin()));
    const source = new FrameSource(plan.seed);
    const crowd = new Crowd(
      plan.lanes,
      () => new Stranger(witness.connections, createSeededRandom(random.below(2 ** 31)), knowledge, source, witness),
    );
    const memory: MemoryLook[] = [];
    const floodRefused = await flood(gateway.url, witness);
    const taken = await sendHugeBodies(gateway.url, witness);
    if (taken > 0) witness.fault(`${taken} huge bodies were taken`);
    const over = (): boolean => gateway.exitCode() !== null || plan.signal?.aborted === true;
    for (let look = 1; look <= plan.looks && !over(); look += 1) {
      await crowd.until(async () => over() || (await framesOf(gateway)) >= (plan.frames * look) / plan.looks);
      if (gateway.exitCode() !== null) break;
      await untilAlone(gateway, neighbours);
      await sleep(plan.settleMs);
      memory.push(await lookAt(gateway));
      plan.progress(inWords(memory.at(-1)));
    }
    const frames = gateway.exitCode() === null ? await framesOf(gateway) : 0;
    const wrong = await neighbours.end(patienceMs);
    if (gateway.exitCode() !== null) witness.fault(`the gateway ended with ${gateway.exitCode()}`);
    const faults = [...witness.faults, ...log.faults, ...wrong.map((what) => `neighbours: ${what}`)];
    const { written } = neighbours;
    return {
      frames,
      neighbourMessages: written,
      floodRefused,
      slowHeadersHeld: dribble.held,
      memory,
      witness,
      log,
      faults,
    };
  } finally {
    dribble.end();
    neighbours.stop();
  }
}

/** So many strangers at a time, one after another. */
class Crowd {
  readonly #lanes: number;
  readonly #next: () => Stranger;

  constructor(lanes: number, next: () => Stranger) {
    this.#lanes = lanes;
    this.#next = next;
  }

  /** Resolves when everybody has left after it was so. */
  async until(reached: () => Promise<boolean>): Promise<void> {
    let over = false;
    const lane = async (): Promise<void> => {
      while (!over) await this.#next().lives();
    };
    const all = Promise.all(Array.from({ length: this.#lanes }, lane));
    while (!(await reached())) await Promise.race([sleep(250), all]);
    over = true;
    await all;
  }
}

function framesOf(gateway: WatchedGateway): Promise<number> {
  return gateway.metric("beckon_frames_total");
}

/** Everybody but the neighbours is forgotten. */
async function untilAlone(gateway: WatchedGateway, neighbours: Neighbours): Promise<void> {
  while ((await gateway.metric("beckon_sessions")) > neighbours.people) await sleep(100);
}

async function lookAt(gateway: WatchedGateway): Promise<MemoryLook> {
  const heap = await gateway.inspector.heapBytes();
  return {
    frames: await framesOf(gateway),
    heap,
    resident: gateway.residentBytes(),
    openFiles: gateway.openFiles(),
    timers: await gateway.inspector.timers(),
  };
}

function inWords(look: MemoryLook | undefined): string {
  if (!look) return "";
  const megabytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MB`;
  const { frames, heap, resident, openFiles, timers } = look;
  return `${frames.toLocaleString("en")} frames: heap ${megabytes(heap)}, resident ${megabytes(resident)}, ${openFiles} files, ${timers} timers`;
}

async function addForeignTenant(databaseUrl: string, masterKey: Uint8Array): Promise<void> {
  const storage = await openStorage(databaseUrl, { migrate: "always", masterKey });
  const agents = (["owner", "agent"] as const).map((role) => ({
    email: `${role}@south.example`,
    name: role,
    role,
    password,
  }));
  await createTenant(storage, { tenant: "South", site: { key: "south", name: "South" }, agents });
  await storage.close();
}

async function hireViewer(url: string, owner: { email: string; password: string }): Promise<() => Promise<string>> {
  const client = new ApiClient(url);
  await client.signIn(owner.email, owner.password);
  const viewer = { email: "viewer@northslope.example", password };
  await client.json("POST", "/api/v1/agents", { ...viewer, name: "Viewer", role: "viewer" });
  return signInAgent(url, viewer);
}
