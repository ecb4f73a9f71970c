/** How long a fault's end takes to show: the wait before pages dial again, and from there to the last message on a screen. */
import { percentile } from "../../loadtest/bench-result.ts";
import { okTimeoutMs, retryMaxMs } from "../../protocol/limits.ts";
import type { HistoryRecorder } from "./history.ts";
import type { Page } from "./page.ts";

export interface Recovery {
  /** From the dial of the last page that reached the gateway again to the last message on a screen, ms. */
  readonly afterDialMs: number;
  /** Of each page that had no link when the fault was over: until its first dial that reached the gateway, ms of the page's own clock. */
  readonly waitedMs: readonly number[];
}

/** A page that waits for its next dial may be in the middle of one that was lost. */
export const statedWaitMs = retryMaxMs + okTimeoutMs;

export interface RecoveryFigures {
  readonly recoveries: number;
  /** Of {@link Recovery.afterDialMs}. */
  readonly afterDial: Figures;
  readonly waited: Figures;
  /** Pages that waited longer than SPEC.md (R4.5) says. */
  readonly beyondStated: number;
}

interface Figures {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export function recoveryFigures(recoveries: readonly Recovery[]): RecoveryFigures {
  const waited = recoveries.flatMap(({ waitedMs }) => waitedMs);
  return {
    recoveries: recoveries.length,
    afterDial: figures(recoveries.map(({ afterDialMs }) => afterDialMs)),
    waited: figures(waited),
    beyondStated: waited.filter((ms) => ms > statedWaitMs).length,
  };
}

export function recoveryLines({ recoveries, afterDial, waited, beyondStated }: RecoveryFigures): string[] {
  if (recoveries === 0) return [];
  const words = ({ p50, p99, max }: Figures): string => `p50 ${p50} ms, p99 ${p99} ms, longest ${max} ms`;
  return [
    `from the first dial of the last page to the last message on a screen: ${words(afterDial)} (${recoveries} faults)`,
    `before that dial a page waited: ${words(waited)} of its own clock; ${beyondStated} longer than stated (${statedWaitMs} ms)`,
  ];
}

/** Of none: 0. */
function figures(values: readonly number[]): Figures {
  const at = (percent: number): number => (values.length === 0 ? 0 : Math.round(percentile(values, percent)));
  return { p50: at(50), p99: at(99), max: at(100) };
}

interface Watched {
  readonly page: Page;
  readonly load: number;
  readonly falls: number;
  readonly linked: boolean;
}

/** Begins when the fault is over. */
export class RecoveryWatch {
  readonly #healedAt = performance.now();
  readonly #pages: readonly Watched[];
  readonly #recorder: HistoryRecorder;
  readonly #speed: number;

  constructor(pages: readonly Page[], recorder: HistoryRecorder, speed: number) {
    this.#pages = pages.map((page) => ({ page, load: page.load, falls: page.falls, linked: page.online }));
    this.#recorder = recorder;
    this.#speed = speed;
  }

  /** When everybody shows everything. */
  end(): Recovery {
    const waitedMs: number[] = [];
    let lastDialAt = this.#healedAt;
    for (const { page, load, falls, linked } of this.#pages) {
      if (linked && page.load === load && page.falls === falls) continue;
      const dialledAt = page.answeredDials.find((at) => at >= this.#healedAt);
      if (dialledAt === undefined) continue;
      lastDialAt = Math.max(lastDialAt, dialledAt);
      if (!linked) waitedMs.push((dialledAt - this.#healedAt) * this.#speed);
    }
    return { afterDialMs: Math.max(0, this.#recorder.drawnAt - lastDialAt), waitedMs };
  }
}
