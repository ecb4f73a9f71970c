/** I6: what a gateway pushes on one connection beyond what its page says that it has stays within the window. */
import { decodeClientMessage } from "../../protocol/codec.ts";
import { windowEvents } from "../../protocol/limits.ts";
import type { Recorder } from "./recorder.ts";

const seqKey = '"s":';

interface Position {
  /** The last seq that was pushed. */
  sent: number;
  /** What the page says that it has. */
  has: number;
}

export class WindowBounds {
  readonly #recorder: Recorder;
  readonly #who: string;
  readonly #logs = new Map<string, Position>();

  constructor(recorder: Recorder, who: string) {
    this.#recorder = recorder;
    this.#who = who;
  }

  up(text: string): void {
    if (!/"k":"(?:receipt|subscribe|unsubscribe)"/.test(text)) return;
    for (const frame of decodeClientMessage(text, JSON)) {
      if (frame.kind === "receipt") for (const { log, delivered } of frame.positions) this.#has(log, delivered);
      if (frame.kind === "unsubscribe") this.#logs.delete(frame.log);
      if (frame.kind === "subscribe") this.#has(frame.position.address, frame.position.seen);
    }
  }

  down(text: string): void {
    const pushed = text.startsWith('{"k":"events"') && !text.includes('"rq":') ? /"l":"([^"]+)"/.exec(text) : null;
    if (!pushed) return;
    const log = pushed[1] as string;
    // The last page may begin inside the window, and end beyond it.
    let inFlight = 0;
    for (const { sent, has } of this.#logs.values()) inFlight += Math.max(0, sent - has);
    this.#recorder.bounded(`events on their way to ${this.#who} as more are pushed`, inFlight, windowEvents - 1);
    const position = this.#logs.get(log) ?? { sent: 0, has: seqAt(text, text.indexOf(seqKey)) - 1 };
    position.sent = seqAt(text, text.lastIndexOf(seqKey));
    this.#logs.set(log, position);
  }

  #has(log: string, seq: number): void {
    const position = this.#logs.get(log);
    if (position) position.has = Math.max(position.has, seq);
  }
}

function seqAt(text: string, at: number): number {
  return Number.parseInt(text.slice(at + seqKey.length, at + seqKey.length + 16), 10);
}
