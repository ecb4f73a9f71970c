/** Reads what the gateway logs: nothing may have failed, and nothing that was said or shown as a proof may stand there. */
const errorLevel = 50;
const longWords = /[\w.~+/=-]{20,}/g;
const maxFaults = 10;

interface LogLine {
  readonly level?: number;
  readonly event?: string;
}

export class LogWatch {
  readonly faults: string[] = [];
  /** Lines of each event. */
  readonly events = new Map<string, number>();
  lines = 0;
  readonly #marks: readonly string[];
  readonly #unspeakable: () => ReadonlySet<string>;

  /** `marks`: parts of texts. `unspeakable`: tokens and secrets so far. */
  constructor(marks: readonly string[], unspeakable: () => ReadonlySet<string>) {
    this.#marks = marks;
    this.#unspeakable = unspeakable;
  }

  heard(line: string): void {
    this.lines += 1;
    const { level, event } = parsed(line);
    this.events.set(event ?? "no JSON", (this.events.get(event ?? "no JSON") ?? 0) + 1);
    if (event === undefined || (level ?? 0) >= errorLevel) this.#fault(`it logged: ${line.slice(0, 600)}`);
    if (this.#marks.some((mark) => line.includes(mark))) this.#fault(`a text stands in its log, at ${event}`);
    const secrets = this.#unspeakable();
    for (const [word] of line.matchAll(longWords))
      if (secrets.has(word)) this.#fault(`a token or secret stands in its log, at ${event}`);
  }

  #fault(what: string): void {
    if (this.faults.length < maxFaults) this.faults.push(what);
  }
}

function parsed(line: string): LogLine {
  try {
    return JSON.parse(line) as LogLine;
  } catch {
    return {};
  }
}
