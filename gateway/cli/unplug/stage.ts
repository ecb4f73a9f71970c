/**
 * What `/demo/unplug` plays on: a gateway and a database of their own, a cable to the visitor, a door for the agent, and switches that break
 * each of them. Nothing of it touches the shop. One at a time: the folder and its database are new for each.
 */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { generatePassword } from "../../accounts/password.ts";
import { readConfig } from "../../config.ts";
import { createTenant } from "../create-tenant.ts";
import { withStorage } from "../installation.ts";
import { AgentsDoor } from "./agents-door.ts";
import { Cable } from "./cable.ts";
import { readStored, type StoredMessage, takeWriteLock } from "./stage-database.ts";
import { canLimitFiles, type GatewayState, StageGateway } from "./stage-gateway.ts";
import { StageServer } from "./stage-server.ts";

export const switches = ["cable", "gateway", "database", "disk"] as const;
export type Switch = (typeof switches)[number];

export interface StageState {
  /** True: broken on purpose. */
  readonly broken: Readonly<Record<Switch, boolean>>;
  readonly gateway: GatewayState;
  /** False: this system has no `prlimit`. */
  readonly canFillDisk: boolean;
  /** Of the visitor's side of the cable. */
  readonly cablePort: number;
  /** Null until somebody has written. */
  readonly conversation: string | null;
  readonly stored: readonly StoredMessage[];
}

/** Less than any file of the database: not one write goes through. */
const fullDiskBytes = 1;
const email = "mei@northslope.example";

export class Stage {
  readonly #folder: string;
  readonly #gateway: StageGateway;
  readonly #cable: Cable;
  readonly #server: StageServer;
  readonly #canFillDisk = canLimitFiles();
  readonly #broken: Record<Switch, boolean> = { cable: false, gateway: false, database: false, disk: false };
  #unlock: () => Promise<void> = () => Promise.resolve();
  /** Switches are turned one after the other. */
  #turning: Promise<unknown> = Promise.resolve();

  /** `dataFolder`: gets a folder `unplug`, whatever was in it before is removed. `pages`: of the build. */
  static async open(dataFolder: string, pages: string): Promise<Stage> {
    const folder = join(dataFolder, "unplug");
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { mode: 0o700 });
    const password = generatePassword();
    await makeDatabase(folder, password);
    const gateway = new StageGateway(folder);
    const port = (): number | null => gateway.port;
    const door = new AgentsDoor(port);
    try {
      await gateway.open();
      await door.signIn(email, password);
    } catch (error) {
      await gateway.close();
      throw error;
    }
    const cable = await Cable.lay(port);
    const controls = {
      state: () => stage.state(),
      switch: (body: string) => stage.turn(readTurn(body)),
    };
    const server = await StageServer.listen({ door, folder: pages, controls });
    const stage = new Stage(folder, gateway, cable, server);
    return stage;
  }

  private constructor(folder: string, gateway: StageGateway, cable: Cable, server: StageServer) {
    this.#folder = folder;
    this.#gateway = gateway;
    this.#cable = cable;
    this.#server = server;
  }

  /** Of the page and of the agent. */
  get port(): number {
    return this.#server.port;
  }

  async state(): Promise<StageState> {
    const { conversation, messages } = await readStored(databasePath(this.#folder));
    return {
      broken: { ...this.#broken },
      gateway: this.#gateway.state,
      canFillDisk: this.#canFillDisk,
      cablePort: this.#cable.port,
      conversation,
      stored: messages,
    };
  }

  /** Resolves when it is broken. What is mended may take its time. */
  turn({ name, broken }: Turn): Promise<void> {
    const turned = this.#turning.then(async () => {
      if (this.#broken[name] === broken) return;
      await this.#acts[name](broken);
      this.#broken[name] = broken;
    });
    this.#turning = turned.catch(() => undefined);
    return turned;
  }

  async close(): Promise<void> {
    await this.#turning;
    await this.#unlock();
    await Promise.all([this.#gateway.close(), this.#cable.close(), this.#server.close()]);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  readonly #acts: Readonly<Record<Switch, (broken: boolean) => Promise<void>>> = {
    cable: async (broken) => (broken ? this.#cable.cut() : this.#cable.plugIn()),
    gateway: async (broken) => {
      if (broken) await this.#gateway.kill();
      // Where the database is frozen it may take as long as that.
      else void this.#gateway.start();
    },
    database: async (broken) => {
      const unlock = this.#unlock;
      this.#unlock = broken ? await takeWriteLock(databasePath(this.#folder)) : () => Promise.resolve();
      await unlock();
    },
    disk: async (broken) => {
      if (!this.#canFillDisk) throw new Error("this system has no prlimit");
      this.#gateway.limitFiles(broken ? fullDiskBytes : "unlimited");
    },
  };
}

interface Turn {
  readonly name: Switch;
  readonly broken: boolean;
}

function readTurn(body: string): Turn {
  const { name, broken } = JSON.parse(body) as { name?: unknown; broken?: unknown };
  const known = switches.find((one) => one === name);
  if (known === undefined || typeof broken !== "boolean") throw new RangeError("there is no such switch");
  return { name: known, broken };
}

/** Where `beckon start` looks for it. */
function databasePath(folder: string): string {
  return join(folder, "beckon.sqlite");
}

async function makeDatabase(folder: string, password: string): Promise<void> {
  const installation = { config: readConfig({}, undefined), folder, databaseUrl: `sqlite:${databasePath(folder)}` };
  await withStorage(installation, "set-up", async (storage) => {
    await createTenant(storage, {
      tenant: "Northslope",
      site: { key: "unplug", name: "Northslope" },
      agents: [{ email, password, name: "Mei Lin", role: "owner", face: "/demo/assets/faces/mei.svg" }],
    });
  });
}
