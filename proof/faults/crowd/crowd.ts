/** A crowd of visitors of another tenant at the gateway of a world, and what is to be said of them in the end. */
import { join } from "node:path";
import { newId } from "../../../loadtest/harness/people.ts";
import { readStored } from "../gather-history.ts";
import { type HelperProgram, startHelper } from "../helper-program.ts";
import { judge, type Verdict } from "../judge.ts";
import type { World } from "../world.ts";
import type { CrowdAnswer, CrowdCommand, CrowdReport } from "./crowd-orders.ts";

export class Crowd {
  readonly #world: World;
  readonly #program: HelperProgram<CrowdCommand, CrowdAnswer>;

  private constructor(world: World, program: HelperProgram<CrowdCommand, CrowdAnswer>) {
    this.#world = world;
    this.#program = program;
  }

  /** Resolves when all are online, after each page has said something that all of its visitor's pages show. */
  static async gather(world: World, visitors: number, pagesEach: number): Promise<Crowd> {
    const program = await startHelper<CrowdCommand, CrowdAnswer>(join(import.meta.dirname, "crowd-program.ts"));
    const crowd = new Crowd(world, program);
    const secrets = Array.from({ length: visitors }, newId);
    await crowd.#does({
      do: "come",
      url: world.gatewayUrl,
      site: world.house.crowd.siteKey,
      secrets,
      pagesEach,
    });
    await crowd.say();
    await crowd.settled();
    return crowd;
  }

  say(): Promise<void> {
    return this.#does({ do: "say" });
  }

  /** No page has a link. */
  fallen(): Promise<void> {
    return this.#does({ do: "fall" });
  }

  settled(): Promise<void> {
    return this.#does({ do: "settle" });
  }

  async verdict(): Promise<Verdict> {
    const { storage, crowd } = this.#world.house;
    const stored = await readStored({ house: { storage, tenant: crowd.tenant } });
    return judge({ ...((await this.#program.ask({ do: "report" })) as CrowdReport), stored });
  }

  stop(): Promise<void> {
    return this.#program.stop();
  }

  /** Throws where the world's patience ends, with what some of the crowd lack. */
  async #does(command: CrowdCommand): Promise<void> {
    let done = false;
    void this.#program.ask(command).then(() => {
      done = true;
    });
    try {
      await this.#world.until(() => done);
    } catch (error) {
      const { complaints } = (await this.#program.ask({ do: "complain" })) as { complaints: readonly string[] };
      for (const complaint of complaints.slice(0, 5)) this.#world.recorder.accuse("unacked", complaint);
      throw error;
    }
  }
}
