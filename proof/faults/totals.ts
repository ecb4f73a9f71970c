/** What many runs say together. */
import type { RunOutcome } from "./run.ts";

/** `npm run faults`: its last line. */
export interface FaultsResult {
  runs: number;
  messages: number;
  lost: number;
  doubled: number;
  reordered: number;
  leaked: number;
  unacked: number;
  faults: { fault: string; carrier: string; database: string; met: number; hits: number; slowestMs: number }[];
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
  };
  /** Faults that met nothing. */
  empty = 0;

  get ok(): boolean {
    const { runs, lost, doubled, reordered, leaked, unacked } = this.result;
    return runs > 0 && this.empty === 0 && lost + doubled + reordered + leaked + unacked === 0;
  }

  add({ plan, messages, met, verdict }: RunOutcome): void {
    const { result } = this;
    result.runs += 1;
    result.messages += messages;
    for (const kind of ["lost", "doubled", "reordered", "leaked", "unacked"] as const) result[kind] += verdict[kind];
    for (const { fault, hits, inFlight, convergedMs } of met) {
      if (hits === 0 || inFlight === 0) this.empty += 1;
      const cell = this.#cell(fault, plan.carrier, plan.database);
      cell.met += hits > 0 && inFlight > 0 ? 1 : 0;
      cell.hits += hits;
      cell.slowestMs = Math.max(cell.slowestMs, Math.round(convergedMs));
    }
  }

  table(): string[] {
    const lines = this.result.faults.map(
      ({ fault, carrier, database, met, hits, slowestMs }) =>
        `${fault.padEnd(4)} ${carrier.padEnd(14)} ${database.padEnd(8)} met ${met}, ${hits} hits, converged within ${slowestMs} ms`,
    );
    const { runs, messages, lost, doubled, reordered, leaked, unacked } = this.result;
    lines.push(`${runs} runs, ${messages} messages; ${this.empty} faults met nothing`);
    lines.push(`lost ${lost}, doubled ${doubled}, reordered ${reordered}, leaked ${leaked}, unacked ${unacked}`);
    return lines;
  }

  #cell(fault: string, carrier: string, database: string): FaultsResult["faults"][number] {
    const known = this.result.faults.find(
      (cell) => cell.fault === fault && cell.carrier === carrier && cell.database === database,
    );
    if (known) return known;
    const cell = { fault, carrier, database, met: 0, hits: 0, slowestMs: 0 };
    this.result.faults.push(cell);
    return cell;
  }
}
