import { Buffer } from "node:buffer";
import type { CarrierEvents, CarrierSocket, SendResult } from "../core/core.ts";
import { closeFrame, heartbeatFrame, messagesFrame, openFrame } from "./encode.ts";

/** One HTTP answer that frames can be written to: a poll takes one frame, a stream takes many. */
export interface Receiver {
  /** `ready`: takes more. `blocked`: the frame is kept, call again after {@link Session.receiverDrained}. `finished`: this was the last one. */
  write(frame: string): "ready" | "blocked" | "finished";
  /** Completes the answer; harmless if it is complete. */
  end(): void;
}

export interface SessionSettings {
  /** A held receiver hears something at least this often. */
  readonly heartbeatMs: number;
  /** Without a receiver for this long a session is over; a closed one is remembered for as long. */
  readonly graceMs: number;
  /** `send` answers `dropped` while this many bytes wait for a receiver. */
  readonly maxQueuedBytes: number;
}

/** What all sessions of one prefix share, so that a session itself stays small. */
export interface SessionHost {
  readonly settings: SessionSettings;
  /** Monotonic milliseconds. */
  now(): number;
  /** Calls `session.flush()` soon, never inside this call. */
  defer(session: Session): void;
  forget(session: Session): void;
}

type State =
  | { readonly name: "open" }
  | { readonly name: "closed"; readonly frame: string; readonly code: number; readonly reason: string };

const open: State = { name: "open" };
const empty: readonly string[] = [];

/** Like the runtime where there was no closing handshake. */
const lostCode = 1006;

/**
 * A connection made of requests. Frames wait here between two polls, so a client that sends while its next poll is
 * under way loses nothing. Knows neither HTTP nor a timer: receivers are handed in, time comes by `tick`.
 */
export class Session implements CarrierSocket {
  readonly id: string;
  /** Of the client that opened it; for the limit of sessions for each address. */
  readonly address: string;
  readonly #host: SessionHost;
  #events: CarrierEvents | null = null;
  #state: State = open;
  /** The first receiver hears that the session is open, whatever has happened since. */
  #greeted = false;
  #receiver: Receiver | null = null;
  #blocked = false;
  #queue: string[] | readonly string[] = empty;
  #queuedBytes = 0;
  #owesDrain = false;
  #deferred = false;
  /** With a receiver: the next heartbeat. Without: the end. */
  #dueMs: number;

  constructor(host: SessionHost, id: string, address: string) {
    this.#host = host;
    this.id = id;
    this.address = address;
    this.#dueMs = host.now() + host.settings.graceMs;
  }

  /** Says who listens. Called once, before the first receiver. */
  start(events: CarrierEvents): void {
    this.#events = events;
  }

  // ---------------------------------------------------------------- from the client

  attach(receiver: Receiver): void {
    if (this.#receiver !== null) {
      receiver.write(closeFrame(2010, "Another connection still open"));
      receiver.end();
      return;
    }
    this.#receiver = receiver;
    this.#blocked = false;
    if (this.#state.name !== "closed") this.#dueMs = this.#host.now() + this.#host.settings.heartbeatMs;
    this.#writeFrames();
  }

  /** The client left a receiver before its answer was complete: what was written may be lost, so the session is over. */
  receiverGone(receiver: Receiver): void {
    if (this.#receiver !== receiver) return;
    this.#receiver = null;
    this.#queue = empty;
    this.#queuedBytes = 0;
    if (this.#state.name !== "closed") this.#finish(lostCode, "connection interrupted", interruptedFrame);
  }

  receiverDrained(receiver: Receiver): void {
    if (this.#receiver !== receiver || !this.#blocked) return;
    this.#blocked = false;
    this.#writeFrames();
  }

  /** Stops where the application closes. */
  deliver(texts: readonly string[]): void {
    for (const text of texts) {
      if (this.#state.name === "closed") return;
      this.#events?.message(text);
    }
  }

  get closed(): boolean {
    return this.#state.name === "closed";
  }

  // ---------------------------------------------------------------- from the application

  /** A poll between two requests is no back-pressure: `queued` begins at a quarter of the limit, or where a stream is read too slowly. */
  send(text: string): SendResult {
    const limit = this.#host.settings.maxQueuedBytes;
    if (this.#state.name === "closed") return "dropped";
    if (this.#queuedBytes >= limit) {
      this.#owesDrain = true;
      return "dropped";
    }
    if (this.#queue === empty) this.#queue = [];
    (this.#queue as string[]).push(text);
    this.#queuedBytes += Buffer.byteLength(text);
    if (this.#receiver !== null && !this.#blocked) this.#defer();
    if (!this.#blocked && this.#queuedBytes <= limit / 4) return "sent";
    this.#owesDrain = true;
    return "queued";
  }

  /** What was sent before still arrives. */
  close(code: number, reason: string): void {
    if (this.#state.name !== "closed") this.#finish(code, reason, closeFrame(code, reason));
  }

  terminate(): void {
    const receiver = this.#receiver;
    this.#receiver = null;
    receiver?.write(interruptedFrame);
    receiver?.end();
    this.#host.forget(this);
    if (this.#state.name !== "closed") this.#finish(lostCode, "", interruptedFrame);
  }

  bufferedBytes(): number {
    return this.#queuedBytes;
  }

  // ---------------------------------------------------------------- from the host

  /** Writes what waits, then tells what the application has not been told yet. */
  flush(): void {
    this.#deferred = false;
    this.#writeFrames();
    this.#tellClosed();
  }

  tick(nowMs: number): void {
    if (nowMs < this.#dueMs) return;
    if (this.#state.name === "closed") {
      if (this.#receiver === null) this.#host.forget(this);
    } else if (this.#receiver === null) {
      this.#host.forget(this);
      this.#finish(lostCode, "no receiver", interruptedFrame);
    } else {
      this.#dueMs = nowMs + this.#host.settings.heartbeatMs;
      if (!this.#blocked) this.#write(this.#receiver, heartbeatFrame);
    }
  }

  #writeFrames(): void {
    while (this.#receiver !== null && !this.#blocked) {
      const frame = this.#nextFrame();
      if (frame === null) break;
      this.#write(this.#receiver, frame);
    }
    if (this.#owesDrain && this.#queue === empty && !this.#blocked) {
      this.#owesDrain = false;
      this.#events?.drained();
    }
  }

  #nextFrame(): string | null {
    if (!this.#greeted) {
      this.#greeted = true;
      return openFrame;
    }
    if (this.#queue.length > 0) {
      const frame = messagesFrame(this.#queue);
      this.#queue = empty;
      this.#queuedBytes = 0;
      return frame;
    }
    return this.#state.name === "closed" ? this.#state.frame : null;
  }

  #write(receiver: Receiver, frame: string): void {
    const last = this.#state.name === "closed" && this.#state.frame === frame;
    const result = receiver.write(frame);
    if (last) receiver.end();
    if (last || result === "finished") this.#detach();
    else this.#blocked = result === "blocked";
  }

  #detach(): void {
    this.#receiver = null;
    this.#blocked = false;
    if (this.#state.name !== "closed") this.#dueMs = this.#host.now() + this.#host.settings.graceMs;
  }

  #finish(code: number, reason: string, frame: string): void {
    this.#state = { name: "closed", frame, code, reason };
    this.#dueMs = this.#host.now() + this.#host.settings.graceMs;
    this.#defer();
  }

  #tellClosed(): void {
    const events = this.#events;
    if (this.#state.name !== "closed" || events === null) return;
    this.#events = null;
    events.closed(this.#state.code, this.#state.reason);
  }

  #defer(): void {
    if (this.#deferred) return;
    this.#deferred = true;
    this.#host.defer(this);
  }
}

const interruptedFrame = closeFrame(1002, "Connection interrupted");
