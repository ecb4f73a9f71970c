/** I2 at its root (R4.3): when a gateway has said `ok` to who took a producer over, it stores nothing more that an older connection says under it. */
import { decodeClientMessage, decodeServerMessage } from "../../protocol/codec.ts";
import { browserOf } from "./cast.ts";
import type { Recorder } from "./recorder.ts";

type Numbered = { readonly producer: string; readonly address: string; readonly ordinal: number };

/** Of one gateway process. */
export class Fences {
  readonly #recorder: Recorder;
  /** By browser and producer: who spoke for it last. */
  readonly #holders = new Map<string, FencedLink>();

  constructor(recorder: Recorder) {
    this.#recorder = recorder;
  }

  linkOf(who: string): FencedLink {
    return new FencedLink(this.#recorder, who, this.#holders);
  }
}

export class FencedLink {
  readonly #recorder: Recorder;
  readonly #who: string;
  readonly #holders: Map<string, FencedLink>;
  #offered: readonly string[] = [];
  /** What came in time, and what came too late. */
  readonly #taken = new Set<string>();
  readonly #late = new Set<string>();

  constructor(recorder: Recorder, who: string, holders: Map<string, FencedLink>) {
    this.#recorder = recorder;
    this.#who = who;
    this.#holders = holders;
  }

  up(text: string): void {
    if (!text.includes(`"k":"hello"`) && !text.includes(`"k":"publish"`)) return;
    for (const frame of decodeClientMessage(text, JSON) ?? []) {
      if (frame.kind === "hello") this.#offered = frame.producers.map(({ producer }) => producer);
      if (frame.kind !== "publish") continue;
      const holder = this.#holders.get(this.#keyOf(frame.producer));
      const place = placeOf(frame);
      if (holder === undefined || holder === this) this.#taken.add(place);
      else if (!this.#taken.has(place)) this.#late.add(place);
    }
  }

  down(text: string): void {
    const isAck = text.startsWith(`{"k":"ack"`);
    if (!isAck && !text.startsWith(`{"k":"ok"`)) return;
    for (const frame of decodeServerMessage(text, JSON)) {
      if (frame.kind === "ok") this.#holds(frame.fenced);
      if (frame.kind === "ack" && this.#late.has(placeOf(frame)))
        this.#recorder.violated(
          "I2",
          `${this.#who} was listened to although another connection has its producer`,
          frame.id,
        );
    }
  }

  #holds(fenced: readonly string[]): void {
    for (const producer of this.#offered)
      if (!fenced.includes(producer)) this.#holders.set(this.#keyOf(producer), this);
  }

  #keyOf(producer: string): string {
    return `${browserOf(this.#who)} ${producer}`;
  }
}

function placeOf({ producer, address, ordinal }: Numbered): string {
  return `${producer} ${address} ${ordinal}`;
}
