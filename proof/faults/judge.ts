/** What a history says about the promise: nothing lost, doubled, out of order, or on the wrong screen. Pure. */
import type { Drawn, History, Screen, StoredLog, Written } from "./history.ts";

export interface Verdict {
  readonly lost: number;
  readonly doubled: number;
  readonly reordered: number;
  readonly leaked: number;
  readonly unacked: number;
  /** The first of each kind, in words. */
  readonly details: readonly string[];
}

type Kind = Exclude<keyof Verdict, "details">;

const maxDetails = 20;

class Bench {
  readonly counts: { [kind in Kind]: number } = { lost: 0, doubled: 0, reordered: 0, leaked: 0, unacked: 0 };
  readonly details: string[] = [];

  finds(kind: Kind, detail: string): void {
    this.counts[kind] += 1;
    if (this.details.length < maxDetails) this.details.push(`${kind}: ${detail}`);
  }
}

export function judge(history: History): Verdict {
  const bench = new Bench();
  judgeStored(bench, history);
  for (const log of history.stored) judgeOrder(bench, log, history.written);
  judgeDrawn(bench, history.drawn);
  const logs = new Map(history.stored.map((log) => [log.log, log]));
  for (const screen of history.screens) judgeScreen(bench, screen, logs.get(screen.log));
  for (const { page, id } of history.twice) bench.finds("doubled", `${page} drew ${id} in the log and as waiting`);
  for (const { page, mark } of history.overheard) bench.finds("leaked", `${page} was told something of ${mark}`);
  for (const { kind, detail } of history.accusations) bench.finds(kind, detail);
  for (const { page, id } of history.waiting) bench.finds("unacked", `${id} still waits at ${page}`);
  return { ...bench.counts, details: bench.details };
}

/** Whatever was written stands in exactly one log, once. By its text: a defect may store it under another id. */
function judgeStored(bench: Bench, { written, stored, waiting }: History): void {
  const times = new Map<string, number>();
  for (const { events } of stored) for (const { text } of events) times.set(text, (times.get(text) ?? 0) + 1);
  const held = new Set(waiting.map(({ id }) => id));
  for (const { id, text, author, acked, refused, excused } of written) {
    const found = times.get(text) ?? 0;
    if (found > 1) bench.finds("doubled", `${id} of ${author} is stored ${found} times`);
    if (refused) bench.finds("lost", `${id} of ${author} was refused: ${refused}`);
    else if (found === 0 && !excused && (acked || !held.has(id)))
      bench.finds("lost", `${id} of ${author} is not stored${acked ? ", and was acked" : ""}`);
  }
}

/** Dense, and each sender in their order, but for what a restore has mixed. */
function judgeOrder(bench: Bench, { log, head, events }: StoredLog, written: readonly Written[]): void {
  if (events.length !== head) bench.finds("lost", `${log} has ${events.length} rows, its head is ${head}`);
  const byText = new Map(written.map((message) => [message.text, message]));
  const last = new Map<string, number>();
  events.forEach(({ seq, id, text }, index) => {
    if (seq !== index + 1) bench.finds("reordered", `${log} has ${seq} where ${index + 1} belongs`);
    const message = byText.get(text);
    if (!message || message.reoffered) return;
    const key = `${message.author} ${message.address}`;
    const before = last.get(key) ?? 0;
    last.set(key, Math.max(before, message.number));
    if (message.number < before) bench.finds("reordered", `${id} of ${message.author} stands too late in ${log}`);
  });
}

/** The same place of the same epoch is the same message for everybody, for ever; no page draws a message twice. */
function judgeDrawn(bench: Bench, drawn: readonly Drawn[]): void {
  const places = new Map<string, string>();
  const shown = new Map<string, number>();
  for (const { page, load, log, epoch, seq, id } of drawn) {
    const place = `${epoch} ${log} ${seq}`;
    const known = places.get(place);
    if (known === undefined) places.set(place, id);
    else if (known !== id) bench.finds("reordered", `${page} drew ${id} as ${seq} of ${log}, somebody ${known}`);
    const view = `${page} ${load} ${epoch} ${log} ${id}`;
    const before = shown.get(view);
    if (before === undefined) shown.set(view, seq);
    else if (before !== seq) bench.finds("doubled", `${page} drew ${id} as ${before} and ${seq} of ${log}`);
  }
}

/** What is on the screen in the end is what is stored. */
function judgeScreen(bench: Bench, screen: Screen, log: StoredLog | undefined): void {
  const { page, from, ids } = screen;
  const expected = log?.events.slice(from - 1) ?? [];
  const shown = new Set<string>();
  for (const id of ids) {
    if (shown.has(id)) bench.finds("doubled", `${page} shows ${id} twice in ${screen.log}`);
    shown.add(id);
  }
  for (const { id, seq } of expected)
    if (!shown.has(id)) bench.finds("lost", `${page} does not show ${seq} of ${screen.log}`);
  const places = new Map(expected.map(({ id }, index) => [id, index]));
  let last = -1;
  for (const id of ids) {
    const place = places.get(id);
    if (place === undefined) bench.finds("reordered", `${page} shows ${id}, which ${screen.log} does not have`);
    else if (place < last) bench.finds("reordered", `${page} shows ${id} too late in ${screen.log}`);
    else last = place;
  }
}
