/**
 * One SockJS 0.3.3 session over XMLHttpRequest: a receiving request that is repeated, and a queue of sends with one request on its way.
 * The two transports differ only in the receiving path: `xhr_streaming` answers in many pieces, `xhr` in one.
 */
import type { CarrierName } from "../../protocol/frames.ts";
import {
  abnormalClosure,
  type Carrier,
  type CarrierKind,
  type CarrierListener,
  type TransportOptions,
} from "./transport.ts";

const loading = 3;
const done = 4;

/** Of the receiving request. */
type ReceivingPath = "xhr_streaming" | "xhr";

export function sockJsTransport(name: CarrierName, path: ReceivingPath, options: TransportOptions): CarrierKind {
  return { name, dial: (listener) => dial(path, options, listener) };
}

function dial(path: ReceivingPath, options: TransportOptions, listener: CarrierListener): Carrier {
  const { json } = options;
  // The middle part only spreads sessions over servers that a proxy tells apart; any gateway takes any session here.
  const session = `${options.baseUrl}/sockjs/0/${options.random.id()}/`;
  let over = false;
  let receiver: XMLHttpRequest | undefined;
  let queue: string[] = [];
  let sending = false;

  function stop(): void {
    over = true;
    attempt(() => receiver && receiver.abort());
  }

  function end(code: unknown, reason: unknown): void {
    if (over) return;
    stop();
    listener.closed(Number(code), String(reason));
  }

  function receive(): void {
    let read = 0;
    receiver = post(path, "", (text, status) => {
      const complete = text.lastIndexOf("\n") + 1;
      const lines = text.slice(read, complete).split("\n");
      read = Math.max(read, complete);
      for (let i = 0; i < lines.length && !over; i++) frame(lines[i] as string);
      if (status === 200 && !over) receive();
      else if (status !== null) end(abnormalClosure, "");
    });
  }

  /** `o` open, `a[…]` texts, `c[code,reason]` close, `h` heartbeat and the prelude. */
  function frame(line: string): void {
    const type = line.charAt(0);
    if (type === "o") listener.opened();
    if (type !== "a" && type !== "c") return;
    const content = attempt(() => json.parse(line.slice(1))) as unknown[] | undefined;
    if (!content) end(abnormalClosure, "broken frame");
    else if (type === "c") end(content[0], content[1]);
    else for (let i = 0; i < content.length && !over; i++) listener.message(String(content[i]));
  }

  function flush(): void {
    if (sending || queue.length === 0) return;
    const body = json.stringify(queue);
    queue = [];
    sending = true;
    post("xhr_send", body, (_text, status) => {
      if (status === null) return;
      sending = false;
      // Internet Explorer reports 204 as 1223.
      if (status === 204 || status === 1223 || status === 200) flush();
      else end(abnormalClosure, "");
    });
  }

  /**
   * Calls back with all of the answer so far, and at its end with its status (0: failed). Never throws and never calls back at once.
   * Old engines throw when an answer is read before its end, or a status after an abort.
   */
  function post(
    to: string,
    body: string,
    changed: (text: string, status: number | null) => void,
  ): XMLHttpRequest | undefined {
    try {
      const request = new XMLHttpRequest();
      request.open("POST", session + to, true);
      request.onreadystatechange = () => {
        const { readyState } = request;
        if (readyState < loading) return;
        const text = attempt(() => request.responseText) || "";
        changed(text, readyState === done ? attempt(() => request.status) || 0 : null);
      };
      request.send(body);
      return request;
    } catch {
      setTimeout(() => changed("", 0), 0);
      return undefined;
    }
  }

  receive();
  return {
    send(text) {
      if (over) return;
      queue.push(text);
      flush();
    },
    close: stop,
  };
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
