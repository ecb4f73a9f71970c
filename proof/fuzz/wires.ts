/** How a stranger reaches the gateway: a WebSocket, or posts and polls; both take whatever bytes there are. */
import { Agent, request } from "node:http";
import { WebSocket } from "ws";

export interface WireEvents {
  /** Texts of wire messages. */
  heard(text: string): void;
  closed(code: number): void;
  answered(status: number, body: string): void;
}

export interface Wire {
  say(message: string | Buffer): void;
  close(): void;
}

export interface WireOptions {
  /** `http://HOST:PORT`. */
  readonly url: string;
  /** Of 127.0.0.0/8, to come from. */
  readonly localAddress: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Resolves when it is open; rejects if the gateway does not take it. */
export function openWebSocket({ url, localAddress, headers }: WireOptions, events: WireEvents): Promise<Wire> {
  const socket = new WebSocket(`${url.replace(/^http/, "ws")}/ws`, { localAddress, headers, perMessageDeflate: false });
  socket.on("message", (data) => events.heard(String(data)));
  socket.on("error", () => undefined);
  socket.on("unexpected-response", (_request, response) => events.answered(response.statusCode ?? 0, ""));
  return new Promise((resolve, reject) => {
    socket.on("close", (code) => {
      events.closed(code);
      reject(new Error(`closed with ${code}`));
    });
    socket.once("open", () =>
      resolve({
        say: (message) => socket.send(message, () => undefined),
        close: () => socket.close(),
      }),
    );
  });
}

const connections = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY, timeout: 5000 });

/** XHR polling of SockJS. A buffer is posted as it is, a text in the list that SockJS wants. */
export async function openPolling(options: WireOptions, session: string, events: WireEvents): Promise<Wire> {
  const path = `${options.url}/sockjs/000/${session}`;
  let over = false;
  const end = (code: number): void => {
    if (over) return;
    over = true;
    events.closed(code);
  };
  const poll = async (): Promise<void> => {
    const { status, body } = await post(`${path}/xhr`, "", options);
    events.answered(status, body);
    if (status !== 200) return end(1006);
    if (body.startsWith("a")) for (const text of JSON.parse(body.slice(1)) as string[]) events.heard(text);
    if (body.startsWith("c")) end((JSON.parse(body.slice(1)) as [number, string])[0]);
  };
  const polling = async (): Promise<void> => {
    while (!over) await poll();
  };
  await poll();
  void polling().catch(() => end(1006));
  let before = Promise.resolve();
  return {
    say(message) {
      const body = typeof message === "string" ? JSON.stringify([message]) : message;
      before = before
        .then(() => post(`${path}/xhr_send`, body, options))
        .then((answer) => events.answered(answer.status, answer.body))
        .catch(() => end(1006));
    },
    close: () => end(1000),
  };
}

export function post(
  url: string,
  body: string | Buffer,
  { localAddress, headers }: Pick<WireOptions, "localAddress" | "headers">,
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { method: "POST", agent: connections, localAddress, headers: { "Content-Type": "text/plain", ...headers } },
      (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("error", reject);
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString().trim() }),
        );
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}
