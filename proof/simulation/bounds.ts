/** I6: every queue and buffer stays within its limit. What can be counted at the borders of client, gateway, storage and bus. */
import { maxWaitingFrames } from "../../gateway/core/connection.ts";
import { keptEvents, maxFrameBytes, maxReceivedBytes, maxUnackedPerConnection } from "../../protocol/limits.ts";
import type { Browser } from "./people.ts";
import type { Recorder } from "./recorder.ts";

/** So few that bursts reach it. */
export const maxQueuedAppends = 16;

/** Twice as many as thousands of runs have shown, and a seventh of what a page does that does not wait longer each time. */
const maxDialsPerMinute = 60;
const minuteMs = 60_000;

/** In work, and behind a frame that has to wait. */
const maxUnanswered = maxUnackedPerConnection + maxWaitingFrames;

const published = /"k":"publish"/g;
const answered = /"k":"(?:ack|refuse)"/g;

/** What one connection carries: sizes of messages, and publishes that wait for their answer. */
export class LinkBounds {
  readonly #recorder: Recorder;
  readonly #who: string;
  #unanswered = 0;

  constructor(recorder: Recorder, who: string) {
    this.#recorder = recorder;
    this.#who = who;
  }

  up(text: string): void {
    const limit = text.startsWith('{"k":"hello"') ? maxReceivedBytes : maxFrameBytes;
    this.#recorder.bounded(`bytes of a message of ${this.#who}`, text.length, limit);
    this.#unanswered += text.match(published)?.length ?? 0;
    this.#recorder.bounded(`publishes of ${this.#who} without an answer`, this.#unanswered, maxUnanswered);
  }

  down(text: string): void {
    this.#recorder.bounded(`bytes of a message to ${this.#who}`, text.length, maxFrameBytes);
    if (this.#unanswered > 0) this.#unanswered = Math.max(0, this.#unanswered - (text.match(answered)?.length ?? 0));
  }
}

/** How often one page dials, however badly it fares: a gateway that opens and dies at once must not be stormed. */
export class DialBounds {
  readonly #recorder: Recorder;
  readonly #who: string;
  #dialledAt: number[] = [];

  constructor(recorder: Recorder, who: string) {
    this.#recorder = recorder;
    this.#who = who;
  }

  dialled(nowMs: number): void {
    this.#dialledAt = this.#dialledAt.filter((at) => at > nowMs - minuteMs).concat(nowMs);
    this.#recorder.bounded(`dials of ${this.#who} within a minute`, this.#dialledAt.length, maxDialsPerMinute);
  }
}

/** What pages keep of each log on their device. */
export function checkDisk(recorder: Recorder, { name, disk }: Browser): void {
  for (const [key, value] of disk.entries) {
    if (!key.includes("/log/")) continue;
    const { events } = JSON.parse(value) as { events: unknown[] };
    recorder.bounded(`events on the disk of ${name} for ${key}`, events.length, keptEvents);
  }
}
