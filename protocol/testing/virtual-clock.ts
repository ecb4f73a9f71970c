import type { Clock, Timer } from "../ports.ts";

/** Time that passes only when a test says so. Tasks due at the same time run in the order in which they were set. */
export interface VirtualClock extends Clock {
  /** Runs everything that is due within `ms`, in order. */
  advance(ms: number): void;
  /** The wall clock jumps; the monotonic one does not. */
  jump(ms: number): void;
}

interface Task {
  at: number;
  number: number;
  run: () => void;
}

export function createVirtualClock(startsAt = 1_700_000_000_000): VirtualClock {
  let monotonic = 1000;
  let wallAhead = startsAt;
  let number = 0;
  let tasks: Task[] = [];
  const next = (until: number): Task | undefined =>
    tasks.filter((task) => task.at <= until).sort((a, b) => a.at - b.at || a.number - b.number)[0];

  return {
    now: () => monotonic + wallAhead,
    monotonic: () => monotonic,
    after(delayMs, callback): Timer {
      const task: Task = { at: monotonic + Math.ceil(Math.max(0, delayMs)), number: ++number, run: callback };
      tasks.push(task);
      return {
        cancel() {
          tasks = tasks.filter((other) => other !== task);
        },
      };
    },
    advance(ms) {
      const until = monotonic + ms;
      for (let task = next(until); task; task = next(until)) {
        const due = task;
        tasks = tasks.filter((other) => other !== due);
        monotonic = Math.max(monotonic, due.at);
        due.run();
      }
      monotonic = until;
    },
    jump(ms) {
      wallAhead += ms;
    },
  };
}
