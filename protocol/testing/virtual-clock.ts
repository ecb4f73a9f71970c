import type { Clock, Timer } from "../ports.ts";

/** Time that passes only when a test says so. Tasks due at the same time run in the order in which they were set. */
export interface VirtualClock extends Clock {
  /** Runs everything that is due within `ms`, in order. */
  advance(ms: number): void;
  /** Runs the first task that is due by `until` (monotonic) and true; or moves to `until`. */
  step(until: number): boolean;
  /** The wall clock jumps; the monotonic one does not. */
  jump(ms: number): void;
}

interface Task {
  readonly at: number;
  readonly number: number;
  readonly run: () => void;
  cancelled: boolean;
}

export function createVirtualClock(startsAt = 1_700_000_000_000): VirtualClock {
  let monotonic = 1000;
  let wallAhead = startsAt;
  let number = 0;
  const tasks = createTaskHeap();

  const step = (until: number): boolean => {
    const due = tasks.takeBy(until);
    monotonic = Math.max(monotonic, due ? due.at : until);
    due?.run();
    return due !== null;
  };
  return {
    now: () => monotonic + wallAhead,
    monotonic: () => monotonic,
    after(delayMs, callback): Timer {
      const at = monotonic + Math.ceil(Math.max(0, delayMs));
      const task: Task = { at, number: ++number, run: callback, cancelled: false };
      tasks.add(task);
      return {
        cancel() {
          task.cancelled = true;
        },
      };
    },
    step,
    advance(ms) {
      const until = monotonic + ms;
      while (step(until)) {}
    },
    jump(ms) {
      wallAhead += ms;
    },
  };
}

/** A binary heap: long simulations have many tasks. */
function createTaskHeap(): { add(task: Task): void; takeBy(until: number): Task | null } {
  const heap: Task[] = [];
  const before = (a: Task, b: Task): boolean => a.at < b.at || (a.at === b.at && a.number < b.number);
  const at = (index: number): Task => heap[index] as Task;

  const rise = (task: Task): void => {
    let index = heap.push(task) - 1;
    for (let parent = (index - 1) >> 1; index > 0 && before(task, at(parent)); parent = (index - 1) >> 1) {
      heap[index] = at(parent);
      index = parent;
    }
    heap[index] = task;
  };
  const sink = (task: Task): void => {
    let index = 0;
    for (let child = 1; child < heap.length; child = 2 * index + 1) {
      if (child + 1 < heap.length && before(at(child + 1), at(child))) child += 1;
      if (!before(at(child), task)) break;
      heap[index] = at(child);
      index = child;
    }
    heap[index] = task;
  };
  const removeFirst = (): Task => {
    const first = at(0);
    const last = heap.pop() as Task;
    if (heap.length > 0) sink(last);
    return first;
  };
  return {
    add: rise,
    takeBy(until) {
      while (heap.length > 0 && at(0).at <= until) {
        const task = removeFirst();
        if (!task.cancelled) return task;
      }
      return null;
    },
  };
}
