/**
 * Which carrier to try next, and when (rules 12 and 13): back-off with full jitter that only a proven link resets, and a ladder of
 * carriers that is judged by `ok`. A rung that worked is tried first for `demotionMs`; meanwhile the better ones are probed.
 */
import {
  climbBaseMs,
  demotionMs,
  earlyDeathMs,
  firstRetryMaxMs,
  provenAfterMs,
  retryBaseMs,
  retryFloorMs,
  retryMaxMs,
} from "./limits.ts";
import type { Clock, RandomSource } from "./ports.ts";

/** What to remember over a reload: the rung, and until when (wall clock; 0: nothing). */
export interface RungMemory {
  rung: number;
  until: number;
}

export interface Ladder {
  /** The rung to dial next. */
  rung: number;
  /** No `ok` came: falls a rung, or starts again from the top. Returns how long to wait, ms. */
  fell(): number;
  /** It is not the carrier's fault. Returns how long to wait, ms. */
  again(): number;
  /** A link that was `ok` ended after `livedMs` on `rung`. Returns how long to wait, ms. */
  died(rung: number, livedMs: number): number;
  /** `ok` came on this rung. Returns after how many ms to probe a better one, 0: there is none. */
  worked(rung: number): number;
  /** The better rung to probe. */
  above(rung: number): number;
  /** A short random wait for what must not wait longer, ms. */
  soon(): number;
  memory(): RungMemory;
  recall(memory: RungMemory): void;
}

export function createLadder(rungs: number, clock: Clock, random: RandomSource): Ladder {
  let base = 0;
  let until = 0;
  let attempts = 0;
  let earlyDeaths = 0;
  let climbs = 0;

  const soon = (): number => random.fraction() * firstRetryMaxMs;
  const restart = (): void => {
    ladder.rung = clock.now() < until ? base : 0;
  };
  const again = (): number => {
    restart();
    const most = Math.min(retryMaxMs, retryBaseMs * Math.pow(2, attempts++));
    return Math.max(retryFloorMs, random.fraction() * most);
  };
  const prefer = (rung: number): void => {
    base = Math.min(rung, rungs - 1);
    until = base ? clock.now() + demotionMs : 0;
  };

  const ladder: Ladder = {
    rung: 0,
    fell() {
      return ++ladder.rung < rungs ? soon() : again();
    },
    again,
    died(rung, livedMs) {
      earlyDeaths = livedMs < earlyDeathMs ? earlyDeaths + 1 : 0;
      if (earlyDeaths > 1) {
        earlyDeaths = 0;
        prefer(rung + 1);
      }
      if (livedMs < provenAfterMs) return again();
      restart();
      attempts = 0;
      return soon();
    },
    worked(rung) {
      if (!rung) climbs = 0;
      prefer(rung);
      return rung && climbBaseMs * Math.pow(2, Math.min(climbs++, 10));
    },
    above: (rung) => climbs % rung,
    soon,
    memory: () => ({ rung: base, until }),
    recall(memory) {
      base = Math.min(memory.rung, rungs - 1);
      until = Math.min(memory.until, clock.now() + demotionMs);
      restart();
    },
  };
  return ladder;
}
