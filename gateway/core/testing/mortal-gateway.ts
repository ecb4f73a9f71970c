/** A gateway that can be killed: nobody is told, nothing that was under way comes back, and its sockets fall silent. */
import type { ServerEnd, ServerListener } from "../../../protocol/testing/wire.ts";
import type { Storage } from "../../../storage/storage.ts";
import type { Bus } from "../../bus/bus.ts";
import type { Core, CorePorts } from "../core.ts";
import type { House } from "./house.ts";

export class MortalGateway {
  readonly core: Core;
  readonly #life: Life;

  private constructor(core: Core, life: Life) {
    this.core = core;
    this.#life = life;
  }

  static async start(house: House, gatewayName: string): Promise<MortalGateway> {
    const life = { over: false };
    return new MortalGateway(await house.addGateway({ gatewayName }, mortal(house, life)), life);
  }

  /** What was being committed may still be committed; no answer of it ever leaves. */
  kill(house: House): void {
    this.#life.over = true;
    house.cores.splice(house.cores.indexOf(this.core), 1);
  }

  connect(end: ServerEnd): ServerListener {
    const life = this.#life;
    const socket = {
      send(text: string) {
        if (!life.over) end.send(text);
        return "sent" as const;
      },
      close(code: number, reason: string) {
        if (!life.over) end.close(code, reason);
      },
      terminate: () => end.close(1006, ""),
      bufferedBytes: () => 0,
    };
    const events = this.core.connect(socket, {
      carrier: "websocket",
      ipAddress: "192.0.2.1",
      userAgent: "Firefox",
      origin: "",
      acceptLanguage: "",
    });
    return {
      message(text) {
        if (!life.over) events.message(text);
      },
      closed() {
        if (!life.over) events.closed(1006, "");
      },
    };
  }
}

interface Life {
  over: boolean;
}

function mortal(house: House, life: Life): Partial<CorePorts> {
  const { clock, storage, bus } = house;
  const whileAlive =
    <Values extends unknown[]>(run: (...values: Values) => void) =>
    (...values: Values): void => {
      if (!life.over) run(...values);
    };
  const mortalBus: Bus = {
    publish: whileAlive((topic: string, payload: string) => bus.publish(topic, payload)),
    subscribe: (topic, listener) => bus.subscribe(topic, whileAlive(listener)),
    get state() {
      return bus.state;
    },
    get dropped() {
      return bus.dropped;
    },
    close: () => bus.close(),
  };
  return {
    storage: mortalStorage(storage, life),
    bus: mortalBus,
    clock: {
      now: () => clock.now(),
      monotonic: () => clock.monotonic(),
      after: (delayMs, callback) => clock.after(delayMs, whileAlive(callback)),
    },
  };
}

/** The promises of somebody who died settle never. */
function mortalStorage(storage: Storage, life: Life): Storage {
  return new Proxy(storage, {
    get(target, name) {
      const value = target[name as keyof Storage];
      if (typeof value !== "function") return value;
      const method = value as (...words: never[]) => unknown;
      return async (...words: never[]): Promise<unknown> => {
        const forever = new Promise<never>(() => {});
        if (life.over) return forever;
        try {
          const result = await method.apply(target, words);
          return life.over ? forever : result;
        } catch (error) {
          if (life.over) return forever;
          throw error;
        }
      };
    },
  });
}
