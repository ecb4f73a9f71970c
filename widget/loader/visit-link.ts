import type { ClientFrame, Hello } from "../../protocol/client-frames.ts";
import { decodeServerMessage, encodeClientFrame } from "../../protocol/codec.ts";
import {
  type Credential,
  type Identity,
  protocolVersion,
  type ServerFrame,
  type VisitState,
} from "../../protocol/frames.ts";
import {
  clientDeadMs,
  okTimeoutMs,
  probeTimeoutMs,
  retryBaseMs,
  retryFloorMs,
  retryMaxMs,
} from "../../protocol/limits.ts";
import type { Carrier, CarrierKind, Clock, Json, RandomSource, Timer } from "../../protocol/ports.ts";
import type { Line, LineListener } from "./chat-port.ts";

export interface VisitLinkOptions {
  carrier: CarrierKind;
  clock: Clock;
  random: RandomSource;
  json: Json;
  visible(): boolean;
  credential(): Credential;
  visit(): { visit: VisitState; identity?: Identity | undefined };
  listener: LineListener;
  /** No `ok` in time: the way is blocked, and the whole client with its other carriers is needed. */
  blocked(): void;
}

export interface VisitLink extends Line {
  /** Hangs up without a word: another line of the same page load takes over. */
  drop(): void;
}

/**
 * The line of a visit without a conversation: it has no log, no outbox and nothing to store, so this is all of the protocol that most page
 * views need. `protocol/client.ts` takes its place as soon as there is anything to lose.
 */
export function createVisitLink(options: VisitLinkOptions): VisitLink {
  const { clock, json, listener } = options;
  let carrier: Carrier | null = null;
  let online = false;
  let stopped = true;
  let everUp = false;
  let failures = 0;
  let heardAt = 0;
  let beatMs = 0;
  let nonce = 0;
  let timer: Timer | null = null;

  function wait(delayMs: number, then: () => void): void {
    if (timer) timer.cancel();
    timer = clock.after(delayMs, then);
  }

  function hangUp(): void {
    if (timer) timer.cancel();
    if (carrier) carrier.close();
    carrier = null;
    online = false;
  }

  function dial(): void {
    hangUp();
    if (stopped) return;
    const mine = options.carrier.dial({
      opened: () => mine.send(encodeClientFrame(hello(), json)),
      message(text) {
        if (mine !== carrier) return;
        heardAt = clock.monotonic();
        const frames = decodeServerMessage(text, json);
        for (let i = 0; i < frames.length && mine === carrier; i++) receive(frames[i] as ServerFrame);
      },
      closed: () => {
        if (mine === carrier) lost();
      },
    });
    carrier = mine;
    wait(okTimeoutMs, lost);
  }

  function hello(): Hello {
    const { visit, identity } = options.visit();
    return {
      kind: "hello",
      version: protocolVersion,
      credential: options.credential(),
      carrier: options.carrier.name,
      visible: options.visible(),
      producers: [],
      positions: [],
      visit,
      identity,
    };
  }

  /** Full jitter (rule 12). A line that was never up is another matter. */
  function lost(): void {
    hangUp();
    failures++;
    if (!everUp && failures > 1) return options.blocked();
    const rangeMs = Math.min(retryMaxMs, retryBaseMs * 2 ** failures);
    wait(Math.max(retryFloorMs, rangeMs * options.random.fraction()), dial);
  }

  function receive(frame: ServerFrame): void {
    if (frame.kind === "ok") {
      online = everUp = true;
      beatMs = frame.heartbeatMs;
      wait(beatMs, beat);
      listener.ok(frame);
    } else if (frame.kind === "go") wait(frame.withinMs * options.random.fraction(), dial);
    else if (frame.kind === "error" && frame.fatal) {
      drop();
      listener.rejected(frame.code);
    } else if (frame.kind !== "heartbeat") listener.frame(frame);
  }

  function beat(): void {
    // Counted from here on, so that a line that breaks at once is dialled ever more slowly.
    failures = 0;
    probe(clientDeadMs - beatMs, beatMs);
  }

  /** Asks for an echo; without a frame in `patienceMs` the line is dead. */
  function probe(patienceMs: number, nextMs: number): void {
    const askedAt = clock.monotonic();
    heartbeat();
    wait(patienceMs, () => {
      if (heardAt < askedAt) lost();
      else wait(nextMs - patienceMs, beat);
    });
  }

  function heartbeat(): void {
    send({ kind: "heartbeat", nonce: ++nonce, visible: options.visible() });
  }

  function send(frame: ClientFrame): void {
    if (carrier && online) carrier.send(encodeClientFrame(frame, json));
  }

  function drop(): void {
    stopped = true;
    hangUp();
  }

  return {
    drop,
    start() {
      stopped = false;
      failures = 0;
      dial();
    },
    stop() {
      send({ kind: "bye" });
      drop();
    },
    send,
    page: (page) => send({ kind: "page", page }),
    set: (attributes) => send({ kind: "set", attributes }),
    wake() {
      if (online) probe(probeTimeoutMs, beatMs);
      else if (!stopped) dial();
    },
    visibility: heartbeat,
  };
}
