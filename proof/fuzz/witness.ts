/** What strangers were told, and whether any of it should not have been. */
import { decodeServerMessage } from "../../protocol/codec.ts";
import { errorMeanings } from "../../protocol/errors.ts";
import type { ServerFrame } from "../../protocol/frames.ts";

/** In every text of a neighbour. */
export const neighbourMark = "~neighbours only~";

const maxFaults = 20;
/** Beside those of errors.ts: a clean leave, what a WebSocket itself refuses, and SockJS's own. */
const plainCloses = [1000, 1003, 1005, 1006, 1007, 1009, 1002, 2010, 3000];
const closes = new Set([...plainCloses, ...Object.values(errorMeanings).map(({ closeCode }) => closeCode)]);

export class Witness {
  readonly refusals = new Map<string, number>();
  readonly statuses = new Map<number, number>();
  readonly closed = new Map<number, number>();
  /** The first of them, in words. */
  readonly faults: string[] = [];
  faultCount = 0;
  heard = 0;
  connections = 0;

  fault(what: string): void {
    this.faultCount += 1;
    if (this.faults.length < maxFaults && !this.faults.includes(what)) this.faults.push(what);
  }

  /** `mayListen`: this one may read the neighbours' conversations. */
  told(text: string, who: string, mayListen: boolean): ServerFrame[] {
    if (!mayListen && text.includes(neighbourMark)) this.fault(`${who} was told what neighbours say`);
    const frames = decodeServerMessage(text, JSON);
    if (frames.length === 0) this.fault(`${who} heard something that is no frame: ${text.slice(0, 100)}`);
    for (const frame of frames) {
      this.heard += 1;
      if (frame.kind === "error" || frame.kind === "refuse") this.refused(frame.code, who);
    }
    return frames;
  }

  refused(code: string, who: string): void {
    tally(this.refusals, code);
    if (!Object.hasOwn(errorMeanings, code))
      this.fault(`${who} was refused with ${code}, which errors.ts does not have`);
    if (code === "internal") this.fault(`${who} met a fault of the gateway`);
  }

  ended(code: number, who: string): void {
    tally(this.closed, code);
    if (!closes.has(code)) this.fault(`${who} was closed with ${code}, which errors.ts does not have`);
  }

  /** `spoken`: of the SockJS protocol itself, which wants a 500 for a body that is no list of texts. */
  answered(status: number, body: string, who: string): void {
    tally(this.statuses, status);
    const spoken = status === 500 && /^(Payload expected\.|Broken JSON encoding\.)$/.test(body);
    const busy = status === 503 && /busy|Too many sessions|draining/.test(body);
    if (status >= 500 && !spoken && !busy) this.fault(`${who} was answered ${status}: ${body.slice(0, 100)}`);
  }
}

function tally<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** `3 rate, 1 busy`, the most frequent first. */
export function inWords(counts: ReadonlyMap<string | number, number>): string {
  const sorted = [...counts].sort(([, one], [, other]) => other - one);
  return sorted.map(([name, count]) => `${count.toLocaleString("en")} ${name}`).join(", ");
}
