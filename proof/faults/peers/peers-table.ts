/** Faults down, systems across: what each has lost, doubled, put out of order, or not sent at all. */
import type { Fault } from "../table/fault.ts";
import type { PeerOutcome } from "./run-peer.ts";

/** Of one system under one fault. */
export interface PeersCell {
  readonly system: string;
  readonly fault: string;
  runs: number;
  /** How often the fault hit while messages were on their way. */
  met: number;
  messages: number;
  /** As the judge counts: not in the database, or missing on a screen, once for each screen. */
  lost: number;
  /** Messages that are not in the database. */
  notStored: number;
  /** Messages that are in the database, and missing on at least one screen. */
  notShown: number;
  doubled: number;
  reordered: number;
  /** Told to who may not know it: of Beckon only, as the others have one room for all. */
  leaked: number;
  unacked: number;
  /** -1: a run in which it did not. */
  slowestMs: number;
}

/** `npm run faults -- --peers --json`: its last line. */
export interface PeersResult {
  readonly cells: PeersCell[];
}

const kinds = ["lost", "notStored", "notShown", "doubled", "reordered", "leaked", "unacked"] as const;

export class PeersTable {
  readonly result: PeersResult = { cells: [] };

  add(system: string, { messages, met, verdict, notStored, notShown }: PeerOutcome): PeersCell {
    const cell = this.#cell(system, met.fault);
    const { lost, doubled, reordered, leaked, unacked } = verdict;
    const found = { lost, notStored, notShown, doubled, reordered, leaked, unacked };
    cell.runs += 1;
    cell.met += met.hits > 0 && met.inFlight > 0 ? 1 : 0;
    cell.messages += messages;
    for (const kind of kinds) cell[kind] += found[kind];
    const didNot = cell.slowestMs < 0 || met.convergedMs < 0;
    cell.slowestMs = didNot ? -1 : Math.max(cell.slowestMs, Math.round(met.convergedMs));
    return cell;
  }

  /** Every fault has met everybody, and this one has kept the promise. */
  isWell(system: string): boolean {
    const { cells } = this.result;
    const own = cells.filter((cell) => cell.system === system);
    return own.length > 0 && own.every(isKept) && cells.every(({ runs, met }) => met === runs);
  }

  /** In Markdown. */
  lines(faults: readonly Pick<Fault, "number" | "name">[], systems: readonly string[]): string[] {
    const { cells } = this.result;
    const row = (title: string, texts: readonly string[]): string => `| ${title} | ${texts.join(" | ")} |`;
    const rule = systems.map(() => "---");
    const lines = [row("fault", systems), row("---", rule)];
    for (const { number, name } of faults) {
      const own = systems.map((system) => cells.find((cell) => cell.system === system && cell.fault === number));
      if (own.some((cell) => cell)) lines.push(row(`${number}: ${name}`, own.map(cellText)));
    }
    const sums = systems.map((system) => sumOf(cells.filter((cell) => cell.system === system)));
    return [...lines, row("in all", sums.map(cellText))];
  }

  #cell(system: string, fault: string): PeersCell {
    const known = this.result.cells.find((cell) => cell.system === system && cell.fault === fault);
    if (known) return known;
    const cell = emptyCell(system, fault);
    this.result.cells.push(cell);
    return cell;
  }
}

function isKept(cell: PeersCell): boolean {
  return kinds.every((kind) => cell[kind] === 0);
}

function emptyCell(system: string, fault: string): PeersCell {
  const losses = { lost: 0, notStored: 0, notShown: 0 };
  const others = { doubled: 0, reordered: 0, leaked: 0, unacked: 0 };
  return { system, fault, runs: 0, met: 0, messages: 0, ...losses, ...others, slowestMs: 0 };
}

function sumOf(cells: readonly PeersCell[]): PeersCell {
  const sum = emptyCell("", "");
  for (const cell of cells) for (const key of ["messages", ...kinds] as const) sum[key] += cell[key];
  return sum;
}

function cellText(cell: PeersCell | undefined): string {
  return cell ? `${textOf(cell)} (of ${cell.messages})` : "";
}

/** `0`: the promise was kept. */
export function textOf(cell: PeersCell): string {
  if (isKept(cell)) return "0";
  const { notStored, notShown, doubled, reordered, leaked, unacked } = cell;
  const found = [
    notStored > 0 && `${notStored} not stored`,
    notShown > 0 && `${notShown} not shown`,
    doubled > 0 && `${doubled} doubled`,
    reordered > 0 && `${reordered} reordered`,
    leaked > 0 && `${leaked} leaked`,
    unacked > 0 && `${unacked} unacked`,
  ];
  return found.filter((text) => text !== false).join(", ");
}
