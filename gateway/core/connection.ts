/**
 * One carrier: text in, frames out. It decodes, limits, hands frames to their handlers in order, and never lets one bad
 * frame hurt a neighbour.
 */

import type { ClientFrame, Hello } from "../../protocol/client-frames.ts";
import type { BadFrame } from "../../protocol/codec.ts";
import { type ErrorCode, errorMeanings } from "../../protocol/errors.ts";
import type { CarrierName, ServerFrame } from "../../protocol/frames.ts";
import {
  framesPerMinute,
  helloTimeoutMs,
  hiddenServerDeadMs,
  maxReasonChars,
  serverDeadMs,
} from "../../protocol/limits.ts";
import type { CarrierEvents, CarrierInfo, CarrierSocket } from "./core.ts";
import { dispatch } from "./dispatch.ts";
import { openSession } from "./handlers/hello.ts";
import { refuseBadPublish } from "./handlers/publish.ts";
import { networkOf } from "./network-of.ts";
import { perMinute, useRate } from "./rate.ts";
import type { Rooms } from "./rooms.ts";
import type { Session } from "./session.ts";
import { decode, encode } from "./wire.ts";

export type ConnectionState =
  | { readonly phase: "awaiting-hello"; readonly info: CarrierInfo }
  | { readonly phase: "open"; readonly session: Session }
  | { readonly phase: "closing" };

/** What a full link may owe its client beyond what the runtime holds: answers only, never events or views. */
const maxOwedChars = 262_144;
/** When somebody who could not be taken may try again. */
const comeBackMs = 5000;
/** Frames that wait for a slow one before them. */
export const maxWaitingFrames = 1000;
const frameRate = perMinute(framesPerMinute, framesPerMinute / 4);
const closing: ConnectionState = { phase: "closing" };

export class Connection implements CarrierEvents {
  state: ConnectionState;
  readonly carrier: CarrierName;
  /** For which its address counts. */
  readonly network: string;
  visible = true;
  /** Monotonic. */
  receivedAt: number;
  sentAt: number;
  nextHeartbeatAt = 0;
  readonly #rooms: Rooms;
  readonly #socket: CarrierSocket;
  /** Texts that a full link did not take. */
  #owed: string[] | null = null;
  #owedChars = 0;
  /** The link said `dropped`; wait for `drained`. */
  #dropped = false;
  #framesFullAt = 0;
  /** Frames behind one whose handler has to wait. */
  #waiting: ClientFrame[] | null = null;

  constructor(rooms: Rooms, socket: CarrierSocket, info: CarrierInfo) {
    this.#rooms = rooms;
    this.#socket = socket;
    this.state = { phase: "awaiting-hello", info };
    this.carrier = info.carrier;
    this.network = networkOf(info.ipAddress);
    this.receivedAt = rooms.clock.monotonic();
    this.sentAt = this.receivedAt;
  }

  // ---------------------------------------------------------------- the carrier's side

  message(text: string): void {
    if (this.state.phase === "closing") return;
    this.receivedAt = this.#rooms.clock.monotonic();
    for (const frame of decode(text)) {
      if (this.#closing()) return;
      this.#rooms.metrics.count("frames", 1, { kind: frame.kind });
      if (this.#rateAllows(frame)) this.#receive(frame);
    }
  }

  drained(): void {
    this.#dropped = false;
    const owed = this.#owed ?? [];
    this.#owed = null;
    this.#owedChars = 0;
    for (const text of owed) this.#deliver(text);
    if (!this.full && this.state.phase === "open") this.state.session.resume();
  }

  closed(): void {
    this.#leave();
    this.#rooms.sessions.forget(this);
  }

  // ---------------------------------------------------------------- the gateway's side

  /** An answer: kept while the link is full, within a bound. */
  send(frame: ServerFrame): void {
    if (this.state.phase !== "closing") this.#deliver(encode(frame));
  }

  /** Something that can be made again: false if the link is full, and then it is not kept. */
  offer(text: string): boolean {
    if (this.state.phase === "closing" || this.full) return false;
    const taken = this.#socket.send(text) !== "dropped";
    if (taken) this.sentAt = this.#rooms.clock.monotonic();
    else this.#dropped = true;
    return taken;
  }

  get full(): boolean {
    return this.#dropped || this.#owed !== null;
  }

  /** About one frame; the connection stays. */
  report(code: ErrorCode, detail: string, about?: string, retryAfterMs?: number): void {
    this.#rooms.metrics.count("refusals", 1, { code });
    this.send({
      kind: "error",
      code,
      detail: detail.slice(0, maxReasonChars),
      fatal: false,
      ...(about === undefined ? {} : { about }),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });
  }

  /** Tells why, and closes with the code of errors.ts. */
  end(code: ErrorCode, detail: string): void {
    if (this.state.phase === "closing") return;
    this.#rooms.metrics.count("refusals", 1, { code });
    const retry = errorMeanings[code].retry === "later" ? { retryAfterMs: comeBackMs } : {};
    this.send({ kind: "error", code, detail: detail.slice(0, maxReasonChars), fatal: true, ...retry });
    this.close(errorMeanings[code].closeCode || errorMeanings.internal.closeCode, code);
  }

  close(code: number, reason: string): void {
    if (this.state.phase === "closing") return;
    this.#leave();
    this.#socket.close(code, reason);
  }

  opened(session: Session): void {
    this.state = { phase: "open", session };
  }

  /** Called about once a second: has it been silent for too long? */
  look(now: number): void {
    const silentMs = now - this.receivedAt;
    if (this.state.phase === "awaiting-hello") {
      if (silentMs >= helloTimeoutMs) this.end("hello-expected", "no hello came");
    } else if (silentMs >= (this.visible ? serverDeadMs : hiddenServerDeadMs)) {
      this.#rooms.metrics.count("dead_connections");
      this.close(errorMeanings.internal.closeCode, "silent");
    }
  }

  // ---------------------------------------------------------------- inside

  #leave(): void {
    const state = this.state;
    this.state = closing;
    this.#waiting = null;
    this.#owed = null;
    if (state.phase === "open") this.#rooms.sessions.left(state.session);
  }

  #closing(): boolean {
    return this.state.phase === "closing";
  }

  #rateAllows(frame: ClientFrame | BadFrame): boolean {
    const used = useRate(frameRate, this.#framesFullAt, this.#rooms.clock.monotonic());
    if (used.allowed) this.#framesFullAt = used.fullAt;
    else this.report("rate", "too many frames", frame.kind === "bad" ? frame.about : frame.kind, used.retryAfterMs);
    return used.allowed;
  }

  #receive(frame: ClientFrame | BadFrame): void {
    if (frame.kind === "bad") this.#refuse(frame);
    else if (this.state.phase === "awaiting-hello") this.#greet(frame, this.state.info);
    else if (frame.kind === "hello") this.end("hello-repeated", "one hello for each connection");
    else if (this.#waiting) this.#wait(frame);
    else this.#handle(frame);
  }

  #greet(frame: ClientFrame, info: CarrierInfo): void {
    if (frame.kind !== "hello") return this.end("hello-expected", "the first frame is hello");
    if (this.#rooms.sessions.helloWaitMs(this.network) > 0) this.end("busy", "too many hellos from one address");
    else this.#run("hello", () => openSession(this.#rooms, this, info, frame satisfies Hello));
  }

  #refuse(frame: BadFrame): void {
    const closes = errorMeanings[frame.code].closeCode !== 0;
    if (this.state.phase === "awaiting-hello" || closes) {
      return this.end(closes ? frame.code : "malformed", frame.detail);
    }
    if (this.state.phase === "open" && frame.publish) {
      refuseBadPublish(this.#rooms, this.state.session, frame.publish, frame.code);
    }
    this.report(frame.code, frame.detail, frame.about);
  }

  #wait(frame: ClientFrame): void {
    if (frame.kind === "heartbeat" || frame.kind === "bye") this.#handle(frame);
    else if ((this.#waiting?.length ?? 0) < maxWaitingFrames) this.#waiting?.push(frame);
    else this.report("busy", "too many frames wait", frame.kind, 1000);
  }

  #handle(frame: ClientFrame): void {
    const state = this.state;
    if (state.phase !== "open" || frame.kind === "hello") return;
    this.#run(frame.kind, () => dispatch(this.#rooms, state.session, frame));
  }

  /** A handler that has to wait holds back the frames behind it, so that their order is kept. */
  #run(kind: string, handle: () => Promise<void> | void): void {
    const waits = this.#guard(kind, handle);
    if (!waits) return;
    this.#waiting ??= [];
    void waits.catch((error: unknown) => this.#failed(kind, error)).then(() => this.#next());
  }

  #next(): void {
    const frames = this.#waiting ?? [];
    this.#waiting = null;
    for (const frame of frames) {
      if (this.#waiting) this.#wait(frame);
      else this.#handle(frame);
    }
  }

  #guard(kind: string, run: () => Promise<void> | void): Promise<void> | void {
    try {
      return run();
    } catch (error) {
      this.#failed(kind, error);
    }
  }

  #failed(kind: string, error: unknown): void {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#rooms.log.error("handler-failed", { frame: kind, error: stack });
    if (this.state.phase === "awaiting-hello") return this.end("internal", "this hello was not handled");
    this.report("internal", "this frame was not handled", kind, 1000);
  }

  #deliver(text: string): void {
    if (this.#owed) return this.#owe(text);
    const result = this.#socket.send(text);
    this.sentAt = this.#rooms.clock.monotonic();
    if (result === "dropped") {
      this.#dropped = true;
      this.#owe(text);
    }
  }

  #owe(text: string): void {
    this.#owed ??= [];
    this.#owed.push(text);
    this.#owedChars += text.length;
    if (this.#owedChars > maxOwedChars) this.close(errorMeanings.busy.closeCode, "busy");
  }
}
