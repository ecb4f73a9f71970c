/** What many runs say together. */
import { type Recovery, type RecoveryFigures, recoveryFigures, recoveryLines } from "./recovery.ts";
import type { Met } from "./run.ts";
import type { RunResult } from "./run-plans.ts";

interface Cell {
  readonly fault: string;
  readonly carrier: string;
  readonly database: string;
  /** How often it hit while messages were on their way. */
  met: number;
  hits: number;
  slowestMs: number;
}

/** `npm run faults`: its last line. */
export interface FaultsResult {
  runs: number;
  messages: number;
  lost: number;
  doubled: number;
  reordered: number;
  leaked: number;
  unacked: number;
  faults: Cell[];
  recovery: RecoveryFigures;
}

const kinds = ["lost", "doubled", "reordered", "leaked", "unacked"] as const;

function hasMet({ hits, inFlight }: Met): boolean {
  return hits > 0 && inFlight > 0;
}

/** The promise was kept, and every fault has met something. */
export function isKept({ met, verdict }: RunResult): boolean {
  return met.every(hasMet) && kinds.every((kind) => verdict[kind] === 0);
}

export class Totals {
  readonly result: FaultsResult = {
    runs: 0,
    messages: 0,
    lost: 0,
    doubled: 0,
    reordered: 0,
    leaked: 0,
    unacked: 0,
    faults: [],
    recovery: recoveryFigures([]),
  };
  readonly #recoveries: Recovery[] = [];
  /** Faults that met nothing. */
  #empty = 0;

  get ok(): boolean {
    return this.result.runs > 0 && this.#empty === 0 && kinds.every((kind) => this.result[kind] === 0);
  }

  add({ plan, messages, met, verdict }: RunResult): void {
    const { result } = this;
    result.runs += 1;
    result.messages += messages;
    for (const kind of kinds) result[kind] += verdict[kind];
    for (const one of met) {
      if (!hasMet(one)) this.#empty += 1;
      const cell = this.#cell(one.fault, plan.carrier, plan.database);
      cell.met += hasMet(one) ? 1 : 0;
      cell.hits += one.hits;
      cell.slowestMs = Math.max(cell.slowestMs, Math.round(one.convergedMs));
      if (one.recovery) this.#recoveries.push(one.recovery);
    }
    result.recovery = recoveryFigures(this.#recoveries);
  }

  table(): string[] {
    const cells = [...this.result.faults].sort(
      (one, other) => Number(one.fault) - Number(other.fault) || one.database.localeCompare(other.database),
    );
    const lines = cells.map(
      ({ fault, carrier, database, met, hits, slowestMs }) =>
        `${fault.padEnd(4)} ${carrier.padEnd(14)} ${database.padEnd(8)} met ${met}, ${hits} hits, converged within ${slowestMs} ms`,
    );
    const { runs, messages, lost, doubled, reordered, leaked, unacked } = this.result;
    const fewest = Math.min(...cells.map(({ met }) => met));
    lines.push(`${runs} runs, ${messages} messages; ${cells.length} cells, each met at least ${fewest} times`);
    lines.push(`${this.#empty} faults met nothing`);
    lines.push(...recoveryLines(this.result.recovery));
    lines.push(`lost ${lost}, doubled ${doubled}, reordered ${reordered}, leaked ${leaked}, unacked ${unacked}`);
    return lines;
  }

  #cell(fault: string, carrier: string, database: string): Cell {
    const known = this.result.faults.find(
      (cell) => cell.fault === fault && cell.carrier === carrier && cell.database === database,
    );
    if (known) return known;
    const cell = { fault, carrier, database, met: 0, hits: 0, slowestMs: 0 };
    this.result.faults.push(cell);
    return cell;
  }
}
