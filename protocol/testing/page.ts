import { type Client, type ClientListener, createClient, type OutboxMessage } from "../client.ts";
import type { CarrierName, Credential, ServerFrame } from "../frames.ts";
import type { Json, RandomSource, Store } from "../ports.ts";
import { json } from "./model-server.ts";
import type { VirtualClock } from "./virtual-clock.ts";
import type { Wire } from "./wire.ts";

/** One page with a client in it, and what its listener heard. */
export interface TestPage {
  client: Client;
  heard: ServerFrame[];
  rejected: string[];
  /** Messages that were refused for good. */
  readonly failures: OutboxMessage[];
  /** Texts of all logs as they would be drawn: what stands in them, then what is on its way. */
  shown(): string[];
}

export interface TestPageOptions {
  clock: VirtualClock;
  random: RandomSource;
  wire: Wire;
  store: Store;
  credential?: Credential;
  carriers?: CarrierName[];
  remember?: boolean;
  scope?: string;
  listener?: Partial<ClientListener>;
  /** Another build of the client, with its own JSON. */
  build?: { createClient: typeof createClient; json: Json };
}

export function openPage(options: TestPageOptions): TestPage {
  const { clock, random, wire, store } = options;
  const heard: ServerFrame[] = [];
  const rejected: string[] = [];
  const addresses = new Set<string>();
  const credential = options.credential ?? { role: "visitor", site: "shop", secret: "visitorvisitorvisitor1" };
  const build = options.build ?? { createClient, json };
  const client = build.createClient({
    carriers: (options.carriers ?? ["websocket"]).map((name) => wire.kind(name)),
    clock,
    random,
    json: build.json,
    store,
    scope: options.scope ?? "shop/one",
    credential: (done) => done(credential),
    visible: () => true,
    remember: options.remember ?? true,
    listener: {
      status: () => {},
      ok: () => {},
      changed: (address) => addresses.add(address),
      frame: (frame) => heard.push(frame),
      rejected: (code) => rejected.push(code),
      ...options.listener,
    },
  });
  return {
    client,
    heard,
    rejected,
    get failures() {
      return [...addresses]
        .flatMap((address) => client.log(address)?.outbox ?? [])
        .filter(({ state }) => state === "failed");
    },
    shown: () => {
      const logs = client.logs();
      const views = logs.length ? logs : [client.log("current")].filter((view) => view !== null);
      const texts = views.flatMap(({ events }) => events.flatMap(({ body }) => ("text" in body ? [body.text] : [])));
      const waiting = views.flatMap(({ outbox }) => outbox.flatMap(({ body }) => ("text" in body ? [body.text] : [])));
      return texts.concat(waiting);
    },
  };
}
