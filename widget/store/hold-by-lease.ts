import type { Clock, Timer } from "../../protocol/ports.ts";
import type { Items } from "./local-storage.ts";

export interface LeaseOptions {
  items: Items;
  /** Unique for this page load. */
  page: string;
  clock: Clock;
}

const renewMs = 2000;
const expiryMs = 5000;
/** Two pages that take a free lease at the same time both see the later writer after this. */
const settleMs = 100;

/** {@link Store.hold} by an item with an expiry, for browsers without Web Locks (also every page without https). */
export function holdByLease(options: LeaseOptions, key: string, done: (held: boolean) => void): { release(): void } {
  const { items, page, clock } = options;
  let timer: Timer | undefined;
  let released = false;

  function owner(): string | undefined {
    try {
      const [name, expires] = (items.getItem(key) || "").split("|");
      return Number(expires) > clock.now() ? name : undefined;
    } catch {
      return undefined;
    }
  }
  function renew(): void {
    try {
      items.setItem(key, `${page}|${clock.now() + expiryMs}`);
    } catch {
      // Refused: it expires, and somebody else may hold it.
    }
    timer = clock.after(renewMs, renew);
  }

  if (owner() !== undefined) done(false);
  else {
    renew();
    clock.after(settleMs, () => {
      const held = !released && owner() === page;
      if (!held && timer) timer.cancel();
      done(held);
    });
  }
  return {
    release() {
      released = true;
      if (timer) timer.cancel();
      if (owner() === page) items.removeItem(key);
    },
  };
}
