/**
 * Which link serves (R4.4 to R4.10): dials, climbs the ladder of carriers, asks for echoes, replaces what is dead. It knows nothing of what
 * is said over a link but what proves it.
 */
import type { ClientOptions, ClientStatus } from "./client-contract.ts";
import type { ClientFrame, Hello } from "./client-frames.ts";
import { decodeServerMessage, encodeClientFrame } from "./codec.ts";
import type { Credential, Ok, ServerFrame } from "./frames.ts";
import type { Ladder } from "./ladder.ts";
import { clientDeadMs, okTimeoutMs, probeTimeoutMs, retryFloorMs } from "./limits.ts";
import { each } from "./lists.ts";
import type { Outbox } from "./outbox.ts";
import type { Carrier, CarrierKind } from "./ports.ts";
import type { Timers } from "./timers.ts";

/** One dialled connection. */
export interface Link {
  number: number;
  rung: number;
  carrier?: Carrier;
  over: boolean;
  /** A frame came. */
  heard: boolean;
  okAt: number;
  /** Addresses that the hello named and no log frame has answered yet, or that have to pause. */
  waits: string[];
  /** That the hello named. */
  producer: string;
}

/** What the dialler asks of its client and tells it. */
export interface DiallerHost {
  greet(link: Link, credential: Credential, carrier: CarrierKind): Hello;
  /** The link serves from now on; the one before is gone. */
  proven(frame: Ok): void;
  /** A frame of the link that serves. */
  said(link: Link, frame: ServerFrame): void;
  /** Nothing that was asked over the link will be answered. */
  lost(): void;
  /** The gateway wants another login. */
  rejected(code: string): void;
  /** The status changed. */
  report(): void;
}

export interface Dialler {
  /** The link that serves. */
  serving(): Link | null;
  /** The one that is being dialled, maybe beside it. */
  trying(): Link | null;
  status(): ClientStatus;
  /** False: it is not stopped. */
  begin(): boolean;
  dial(): void;
  /** Says hello again over a second link; the first one serves until the other is `ok`. */
  redial(): void;
  /** Says `bye`; no timer of the client waits any more. */
  stop(): void;
  /** The link is dead. */
  end(link: Link): void;
  /** Dropped where no link serves. */
  send(frame: ClientFrame): void;
  /** Asks for an echo now. */
  pulse(): void;
  doubt(): void;
  wake(): void;
}

const rejecting = /^(unauthenticated|expired|revoked|origin|unsupported-version)$/;

export function createDialler(
  options: ClientOptions,
  timers: Timers,
  ladder: Ladder,
  outbox: Outbox,
  host: DiallerHost,
): Dialler {
  const { clock, random, json, carriers } = options;
  let active: Link | null = null;
  let trying: Link | null = null;
  let links = 0;
  let phase: ClientStatus["phase"] = "stopped";
  let lastFrameAt = -1;
  let nextTryAt = -1;
  let troubleSince = -1;
  let beats = 0;
  let beatAt = 0;
  let beatMs = 0;
  let echoes: number[] = [];

  function status(): ClientStatus {
    const link = active || trying;
    const sorted = echoes.slice().sort((a, b) => a - b);
    return {
      phase,
      carrier: link ? kindOf(link).name : "",
      roundTripMs: sorted.length ? (sorted[sorted.length >> 1] as number) : -1,
      lastFrameAt,
      nextTryAt,
      troubleSince,
      unsent: outbox.waiting().length,
      durability: outbox.durability,
    };
  }

  function kindOf(link: Link): CarrierKind {
    return carriers[link.rung] as CarrierKind;
  }

  function enter(next: ClientStatus["phase"]): void {
    phase = next;
    if (next === "online") troubleSince = nextTryAt = -1;
    else if (troubleSince < 0) troubleSince = clock.monotonic();
    host.report();
  }

  // ------------------------------------------------------------ dialling

  function dialIn(delayMs: number): void {
    timers.set("dial", delayMs, () => dial(ladder.rung));
    if (active) return;
    nextTryAt = clock.monotonic() + delayMs;
    enter("waiting");
  }

  function dial(rung: number): void {
    if (trying || phase === "stopped") return;
    timers.clear("dial");
    const link: Link = { number: ++links, rung, over: false, heard: false, okAt: 0, waits: [], producer: "" };
    trying = link;
    if (!active) enter("connecting");
    options.credential((credential) => {
      if (link.over) return;
      link.heard = !credential;
      if (!credential) return end(link);
      timers.set("ok", okTimeoutMs, () => end(link));
      link.carrier = kindOf(link).dial({
        opened() {
          if (!link.over) say(link, host.greet(link, credential, kindOf(link)));
        },
        message(text) {
          each(decodeServerMessage(text, json), (frame) => {
            if (!link.over) receive(link, frame);
          });
        },
        closed: () => end(link),
      });
    });
  }

  function say(link: Link, frame: ClientFrame): void {
    (link.carrier as Carrier).send(encodeClientFrame(frame, json));
  }

  function send(frame: ClientFrame): void {
    if (active) say(active, frame);
  }

  function hang(link: Link | null): void {
    if (!link) return;
    link.over = true;
    if (link.carrier) link.carrier.close();
  }

  /** The link is over. `retryAfterMs`: what the gateway asked for. */
  function end(link: Link, retryAfterMs?: number): void {
    if (link.over) return;
    hang(link);
    let delayMs: number;
    if (link === trying) {
      trying = null;
      timers.clear("ok");
      if (active && active.rung !== link.rung) return climbLater(active.rung);
      delayMs = link.heard || active ? ladder.again() : ladder.fell();
    } else {
      active = null;
      unplug();
      delayMs = ladder.died(link.rung, clock.monotonic() - link.okAt);
      if (trying) return enter("connecting");
    }
    dialIn(retryAfterMs === undefined ? delayMs : retryAfterMs + ladder.soon());
  }

  function unplug(): void {
    each(["beat", "echo", "ack", "climb"], timers.clear);
    host.lost();
  }

  function climbLater(rung: number): void {
    const delayMs = ladder.worked(rung);
    if (delayMs) timers.set("climb", delayMs, () => dial(ladder.above(rung)));
  }

  function redial(): void {
    timers.set("redial", retryFloorMs, () => {
      timers.clear("ok");
      hang(trying);
      trying = null;
      dial(active ? active.rung : ladder.rung);
    });
  }

  // ------------------------------------------------------------ proof of life

  /** Wants an echo within `withinMs`, else the link is replaced. */
  function beat(withinMs: number): void {
    const link = active;
    if (!link) return;
    beatAt = clock.monotonic();
    say(link, { kind: "heartbeat", nonce: ++beats, visible: options.visible() });
    timers.set("echo", withinMs, () => end(link));
    timers.set("beat", beatMs, () => {
      pulse();
      adopt();
    });
  }

  function pulse(): void {
    beat(clientDeadMs - beatMs);
  }

  function adopt(): void {
    outbox.adopt((found) => {
      if (found) redial();
    });
  }

  function receive(link: Link, frame: ServerFrame): void {
    lastFrameAt = clock.monotonic();
    link.heard = true;
    if (frame.kind === "ok" && link === trying) return accepted(link, frame);
    if (frame.kind === "error" && frame.fatal) {
      if (rejecting.test(frame.code) && (!active || active === link)) return host.rejected(frame.code);
      end(link, frame.retryAfterMs);
    }
    if (link !== active) {
      if (!active) options.listener.frame(frame);
    } else if (frame.kind === "go") {
      timers.set("dial", random.fraction() * frame.withinMs, () => dial(ladder.rung));
    } else {
      if (frame.kind === "heartbeat" && frame.nonce && frame.nonce === beats) echoed();
      host.said(link, frame);
    }
  }

  function echoed(): void {
    timers.clear("echo");
    echoes = echoes.slice(-4).concat(clock.monotonic() - beatAt);
    enter("online");
  }

  function accepted(link: Link, frame: Ok): void {
    timers.clear("ok");
    timers.clear("dial");
    hang(active);
    unplug();
    trying = null;
    active = link;
    link.okAt = clock.monotonic();
    beatMs = frame.heartbeatMs;
    climbLater(link.rung);
    enter("online");
    host.proven(frame);
  }

  return {
    serving: () => active,
    trying: () => trying,
    status,
    begin() {
      if (phase !== "stopped") return false;
      enter("connecting");
      return true;
    },
    dial: () => dial(ladder.rung),
    redial,
    stop() {
      send({ kind: "bye" });
      hang(active);
      hang(trying);
      active = trying = null;
      unplug();
      timers.clear();
      enter("stopped");
    },
    end,
    send,
    pulse,
    doubt() {
      beat(probeTimeoutMs);
      enter(active ? "connecting" : phase);
    },
    wake() {
      if (active) {
        beat(probeTimeoutMs);
        if (phase !== "online") dial(active.rung);
      } else if (phase === "waiting") dialIn(ladder.soon());
    },
  };
}
