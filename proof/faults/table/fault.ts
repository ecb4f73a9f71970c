/** One row of the fault matrix. */
import type { DatabaseChoice } from "../database.ts";
import type { Ground } from "../ground.ts";
import type { CarrierChoice } from "../page.ts";
import type { World } from "../world.ts";

export interface Fault<Place extends Ground = World> {
  /** In the matrix; several kinds of one fault have a letter. */
  readonly number: string;
  readonly name: string;
  /** That can meet it. */
  readonly carriers: readonly CarrierChoice[];
  readonly databases: readonly DatabaseChoice[];
  /** It is needed that storage can die in the middle. */
  readonly failsInStorage?: true;
  /** The database's server is killed or stopped: not one that somebody else has. */
  readonly needsOwnServer?: true;
  /**
   * Strikes while messages are on their way, lets it last, heals it. Returns how many things it has met (connections, bytes, processes,
   * answers): with 0 it has proved nothing.
   */
  strike(world: Place): Promise<number>;
}

export const allCarriers: readonly CarrierChoice[] = ["websocket", "xhr-streaming", "xhr-polling", "ladder"];
export const sockJsCarriers: readonly CarrierChoice[] = ["xhr-streaming", "xhr-polling"];
export const bothDatabases: readonly DatabaseChoice[] = ["sqlite", "mariadb"];

/** Messages that are written while a fault lasts. */
export const duringFault = 25;
