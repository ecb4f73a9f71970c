/**
 * One SockJS 0.3.3 session over XMLHttpRequest: a receiving request that is repeated, and a queue of sends with one request on its way.
 * The two transports differ only in the receiving path: `xhr_streaming` answers in many pieces, `xhr` in one.
 */
import type { CarrierName } from "../../protocol/frames.ts";
import type { Carrier, CarrierListener, TransportOptions } from "./transport.ts";
import { abnormalClosure } from "./transport.ts";

const done = 4;
const loading = 3;

export function dialSockJs(
  name: CarrierName,
  path: "xhr_streaming" | "xhr",
  options: TransportOptions,
  listener: CarrierListener,
): Carrier {
  const server = String(1000 + Math.floor(options.random.fraction() * 1000)).slice(1);
  const session = `${options.baseUrl}/sockjs/${server}/${options.random.id()}/`;
  let over = false;
  let receiver: XMLHttpRequest | undefined;
  let queue: string[] = [];
  let sending = false;

  function stop(): void {
    over = true;
    try {
      receiver?.abort();
    } catch {
      // Already gone.
    }
  }

  function end(code: number, reason: string): void {
    if (over) return;
    stop();
    listener.closed(code, reason);
  }

  function receive(): void {
    let read = 0;
    receiver = post(session + path, "", (request, state) => {
      const text = textOf(request);
      const complete = text.lastIndexOf("\n") + 1;
      if (complete > read) {
        const lines = text.slice(read, complete).split("\n");
        read = complete;
        for (let i = 0; i < lines.length && !over; i++) frame(lines[i] as string);
      }
      if (state !== done || over) return;
      if (statusOf(request) === 200) receive();
      else end(abnormalClosure, "");
    });
  }

  /** `o` open, `a[…]` texts, `c[code,reason]` close, `h` heartbeat and the prelude. */
  function frame(line: string): void {
    const type = line.charAt(0);
    if (type === "o") return listener.opened();
    if (type !== "a" && type !== "c") return;
    let content: unknown[];
    try {
      content = options.json.parse(line.slice(1)) as unknown[];
    } catch {
      return end(abnormalClosure, "broken frame");
    }
    if (type === "c") return end(Number(content[0]), String(content[1]));
    for (let i = 0; i < content.length && !over; i++) listener.message(String(content[i]));
  }

  function flush(): void {
    if (sending || queue.length === 0) return;
    const body = options.json.stringify(queue);
    queue = [];
    sending = true;
    post(`${session}xhr_send`, body, (request, state) => {
      if (state !== done) return;
      sending = false;
      const status = statusOf(request);
      // Internet Explorer reports 204 as 1223.
      if (status === 204 || status === 1223 || status === 200) flush();
      else end(abnormalClosure, "");
    });
  }

  /** Tells of failure as of a finished request without status, never by throwing and never at once. */
  function post(
    url: string,
    body: string,
    changed: (request: XMLHttpRequest | undefined, state: number) => void,
  ): XMLHttpRequest | undefined {
    try {
      const request = new XMLHttpRequest();
      request.open("POST", url, true);
      request.onreadystatechange = () => {
        if (request.readyState >= loading) changed(request, request.readyState);
      };
      request.send(body);
      return request;
    } catch {
      setTimeout(() => changed(undefined, done), 0);
      return undefined;
    }
  }

  receive();
  return {
    name,
    send(text) {
      if (over) return;
      queue.push(text);
      flush();
    },
    close: stop,
  };
}

/** Old engines throw when the text is read before the end, or the status after an abort. */
function textOf(request: XMLHttpRequest | undefined): string {
  try {
    return request ? request.responseText : "";
  } catch {
    return "";
  }
}

function statusOf(request: XMLHttpRequest | undefined): number {
  try {
    return request ? request.status : 0;
  } catch {
    return 0;
  }
}
