/** Visitors and an agent with the real client, who go on talking whatever strangers do. */
import { type NodeClientOptions, openNodeClient } from "../../loadtest/harness/node-client.ts";
import { newId } from "../../loadtest/harness/people.ts";
import type { Client } from "../../protocol/client-contract.ts";
import { neighbourMark } from "./witness.ts";

const carriers = ["websocket", "xhr-streaming", "xhr-polling"] as const;
/** Within what a visitor may write. */
const saysEveryMs = 700;
const lookMs = 20;

interface Talk {
  readonly written: string[];
  readonly shown: string[];
}

export interface NeighboursOptions {
  readonly url: string;
  readonly site: string;
  readonly buyToken: () => Promise<string>;
}

export class Neighbours {
  readonly secrets = carriers.map(newId);
  /** Of each visitor: what goes to the agent, and what comes from there. */
  readonly #talks = carriers.map(() => ({ there: talk(), back: talk() }));
  readonly #visitors: Client[];
  readonly #agent: Client;
  readonly #logs: string[] = [];
  #timer: NodeJS.Timeout | undefined;
  #turn = 0;

  constructor(options: NeighboursOptions) {
    const { url, site, buyToken } = options;
    const common = { url, frame: () => undefined };
    this.#visitors = carriers.map((carrier, number) =>
      openNodeClient({
        ...common,
        number,
        carrier,
        visitor: true,
        credential: async () => ({ role: "visitor", site, secret: this.secrets[number] ?? "" }),
        shown: (event) => {
          if (event.sender.side === "agent" && event.body.kind === "text")
            this.#talks[number]?.back.shown.push(event.body.text);
        },
      }),
    );
    const shown: NodeClientOptions["shown"] = (event, log) => {
      const place = this.#logs.indexOf(log);
      if (event.sender.side === "visitor" && event.body.kind === "text")
        this.#talks[place]?.there.shown.push(event.body.text);
    };
    const credential = async () => ({ role: "agent" as const, token: await buyToken() });
    this.#agent = openNodeClient({ ...common, number: 100, carrier: "websocket", visitor: false, credential, shown });
  }

  /** Resolves with the logs of their conversations, when the agent has opened them. */
  async begin(): Promise<readonly string[]> {
    for (const number of this.#visitors.keys()) this.#visitorSays(number);
    for (const client of this.#visitors) this.#logs.push(await found(() => client.log("current")?.log));
    for (const log of this.#logs) this.#agent.open(log);
    await until(() => this.#talks.every(({ there }) => there.shown.length === 1));
    this.#timer = setInterval(() => this.#everybodySpeaks(), saysEveryMs);
    return this.#logs;
  }

  get people(): number {
    return this.#visitors.length + 1;
  }

  get written(): number {
    return this.#all().reduce((sum, { written }) => sum + written.length, 0);
  }

  /** They stop to talk. Resolves when all has arrived, or after `patienceMs`; with what did not arrive once and in order. */
  async end(patienceMs: number): Promise<string[]> {
    clearInterval(this.#timer);
    const endsAt = performance.now() + patienceMs;
    await until(() => this.#wrong().length === 0 || performance.now() > endsAt);
    return this.#wrong();
  }

  stop(): void {
    clearInterval(this.#timer);
    for (const client of [...this.#visitors, this.#agent]) client.stop();
  }

  #everybodySpeaks(): void {
    for (const number of this.#visitors.keys()) this.#visitorSays(number);
    for (const [number, log] of this.#logs.entries()) {
      const text = this.#text(`agent to ${number}`);
      this.#talks[number]?.back.written.push(text);
      this.#agent.publish(log, { kind: "text", text });
    }
  }

  #visitorSays(number: number): void {
    const text = this.#text(`visitor ${number}`);
    this.#talks[number]?.there.written.push(text);
    this.#visitors[number]?.publish("current", { kind: "text", text });
  }

  #text(who: string): string {
    this.#turn += 1;
    return `${who}: ${this.#turn} ${neighbourMark}`;
  }

  #all(): Talk[] {
    return this.#talks.flatMap(({ there, back }) => [there, back]);
  }

  #wrong(): string[] {
    return this.#all().flatMap(({ written, shown }) => {
      const at = written.findIndex((text, index) => shown[index] !== text);
      if (at >= 0) return [`"${written[at]}" stands where "${shown[at]}" is shown, of ${written.length}`];
      return shown.length === written.length ? [] : [`"${shown[written.length]}" is shown, and was not written`];
    });
  }
}

function talk(): Talk {
  return { written: [], shown: [] };
}

async function found<Value>(look: () => Value | undefined): Promise<Value> {
  let value: Value | undefined;
  await until(() => {
    value = look();
    return value !== undefined;
  });
  return value as Value;
}

async function until(reached: () => boolean): Promise<void> {
  while (!reached()) await new Promise((resolve) => setTimeout(resolve, lookMs));
}
