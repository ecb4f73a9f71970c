import type { Clock, Timer } from "../../protocol/ports.ts";
import type { Items } from "./item-store.ts";

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

  function owner(): string | null {
    const [name, expires] = (items.getItem(key) || "").split("|");
    return name && Number(expires) > clock.now() ? name : null;
  }
  function take(): void {
    items.setItem(key, `${page}|${clock.now() + expiryMs}`);
  }
  function ifAllowed(action: () => void, otherwise: () => void): void {
    let failed = false;
    try {
      action();
    } catch {
      failed = true;
    }
    if (failed) otherwise();
  }
  function renew(): void {
    ifAllowed(take, () => undefined);
    timer = clock.after(renewMs, renew);
  }
  function settle(): void {
    const held = !released && owner() === page;
    if (held) timer = clock.after(renewMs, renew);
    done(held);
  }

  ifAllowed(
    () => {
      if (owner() !== null) return done(false);
      take();
      timer = clock.after(settleMs, settle);
    },
    () => done(false),
  );
  return {
    release() {
      if (released) return;
      released = true;
      if (timer) timer.cancel();
      ifAllowed(
        () => {
          if (owner() === page) items.removeItem(key);
        },
        () => undefined,
      );
    },
  };
}
