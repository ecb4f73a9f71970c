/** What happened to one message, for people: who did what when, with what went wrong around it. */

import type { Moment } from "./recorder.ts";
import type { Outcome } from "./run.ts";

/** Faults so long before the message was written may have to do with it. */
const aroundMs = 60_000;

/** Of a run with tracing. */
export function timelineOf(outcome: Outcome, id: string): string[] {
  const message = outcome.written.get(id);
  const own = outcome.moments.filter((moment) => moment.id === id);
  const from = (own[0]?.atMs ?? 0) - aroundMs;
  const to = own.at(-1)?.atMs ?? 0;
  const around = outcome.moments.filter(({ id: of, atMs }) => of === undefined && atMs >= from && atMs <= to);
  const title = message ? `message ${id}, "${message.text.slice(0, 30)}" of ${message.author}` : `message ${id}`;
  return [title, ...[...own, ...around].sort((a, b) => a.atMs - b.atMs).map(line)];
}

function line({ atMs, who, what }: Moment): string {
  return `${clock(atMs)}  ${who.padEnd(9)} ${what}`;
}

function clock(ms: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, "0");
  return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}.${String(ms % 1000).padStart(3, "0")}`;
}
