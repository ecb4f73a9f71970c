/** The product's own client on Node: the same code as the widget's and the agents' page's, with carriers of node:http. */
import { createClient } from "../../protocol/client.ts";
import type { Client, LogView } from "../../protocol/client-contract.ts";
import type { Credential, LogEvent, ServerFrame } from "../../protocol/frames.ts";
import type { Clock } from "../../protocol/ports.ts";
import { createMemoryStore } from "../../widget/store/memory.ts";
import { type BenchCarrier, carrierOf } from "./node-carriers.ts";
import { newId, surroundingsOf, visitState } from "./people.ts";

export const nodeClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return { cancel: () => clearTimeout(timer) };
  },
};

export interface NodeClientOptions {
  readonly url: string;
  readonly number: number;
  readonly carrier: BenchCarrier;
  readonly visitor: boolean;
  /** Rejects: not possible now. */
  readonly credential: () => Promise<Credential>;
  /** An event came onto the screen, in its log's order. */
  readonly shown: (event: LogEvent, log: string) => void;
  readonly frame: (frame: ServerFrame) => void;
}

export function openNodeClient(options: NodeClientOptions): Client {
  const { url, number } = options;
  const load = newId();
  const seen = new Map<string, number>();
  const client: Client = createClient({
    carriers: [carrierOf(options.carrier, surroundingsOf(url, number))],
    clock: nodeClock,
    random: { id: newId, fraction: Math.random },
    json: JSON,
    store: createMemoryStore(),
    scope: `bench/${number}/`,
    credential: (done) => void options.credential().then(done, () => done(null)),
    ...(options.visitor ? { visit: () => ({ visit: visitState(number, load) }) } : {}),
    visible: () => true,
    remember: true,
    listener: {
      status: () => undefined,
      ok: () => undefined,
      changed: () => show(client.logs(), seen, options.shown),
      frame: options.frame,
      rejected: (code) => {
        throw new Error(`the gateway rejected a client: ${code}`);
      },
    },
  });
  client.start();
  return client;
}

function show(logs: readonly LogView[], seen: Map<string, number>, shown: NodeClientOptions["shown"]): void {
  for (const view of logs) {
    if (view.log === undefined) continue;
    const before = seen.get(view.log) ?? 0;
    for (const event of view.events) if (event.seq > before) shown(event, view.log);
    seen.set(view.log, Math.max(before, view.seen));
  }
}
