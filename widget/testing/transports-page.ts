/** The contract of the transports, for `transports.test.ts` to run in a browser. */
import { transportContract } from "../transports/contract.ts";
import { websocketTransport } from "../transports/websocket.ts";
import { xhrPollingTransport } from "../transports/xhr-polling.ts";
import { xhrStreamingTransport } from "../transports/xhr-streaming.ts";

const transports = {
  websocket: websocketTransport,
  "xhr-streaming": xhrStreamingTransport,
  "xhr-polling": xhrPollingTransport,
} as const;

const random = { id: () => crypto.randomUUID(), fraction: () => Math.random() };

export async function runCase(name: keyof typeof transports, baseUrl: string, title: string): Promise<void> {
  const create = transports[name];
  const transport = create({ baseUrl, json: JSON, random });
  // Port 9 discards; nobody listens there.
  const nowhere = create({ baseUrl: "http://127.0.0.1:9", json: JSON, random });
  await transportContract.find((each) => each.name === title)?.run({ transport, nowhere });
}
