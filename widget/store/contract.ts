/**
 * What every store passes. Plain functions that throw, so that they run in a real browser as well as in Node.
 * `open` opens the same place each time: the second store stands for the next page load.
 */
import type { Store, StoreEntry } from "../../protocol/ports.ts";

export interface StoreUnderTest {
  open(): Store;
}
export type StoreCase = { name: string; run(place: StoreUnderTest): Promise<void> };

export const storeContract: StoreCase[] = [
  {
    name: "what was written is listed under its prefix, and nothing else",
    async run({ open }) {
      const store = open();
      await write(store, [entry("a/1", "one"), entry("a/2", "two"), entry("b/1", "three")], []);
      equal(await list(store, "a/"), [entry("a/1", "one"), entry("a/2", "two")]);
      equal(await list(store, "c/"), []);
    },
  },
  {
    name: "a write replaces, and removes what it names",
    async run({ open }) {
      const store = open();
      await write(store, [entry("a/1", "one"), entry("a/2", "two")], []);
      await write(store, [entry("a/2", "new"), entry("a/3", "three")], ["a/1"]);
      equal(await list(store, "a/"), [entry("a/2", "new"), entry("a/3", "three")]);
    },
  },
  {
    name: "what a write removes and puts again is there",
    async run({ open }) {
      const store = open();
      await write(store, [entry("a/1", "one")], []);
      await write(store, [entry("a/1", "two")], ["a/1"]);
      equal(await list(store, "a/"), [entry("a/1", "two")]);
    },
  },
  {
    name: "any text is kept as it is, under any key",
    async run({ open }) {
      const store = open();
      const odd = [
        entry("__proto__", "\u0000\u2028 \ud83d\ude00 林玫"),
        entry("constructor", ""),
        entry("a b%/ü", "{}"),
      ];
      await write(store, odd, []);
      equal(await list(store, ""), odd);
    },
  },
  {
    name: "a disk survives the page, memory does not promise to",
    async run({ open }) {
      const store = open();
      await write(store, [entry("a/1", "one")], []);
      if (store.durability === "disk") equal(await list(open(), "a/"), [entry("a/1", "one")]);
    },
  },
  {
    name: "a name is held by one at a time, and free again after release",
    async run({ open }) {
      const store = open();
      const first = await hold(store, "outbox");
      equal(first.held, true);
      equal((await hold(store, "outbox")).held, false);
      equal((await hold(store, "other")).held, true);
      first.release();
      await until(async () => {
        const again = await hold(store, "outbox");
        if (!again.held) again.release();
        return again.held;
      });
    },
  },
];

function entry(key: string, value: string): StoreEntry {
  return { key, value };
}

function write(store: Store, puts: StoreEntry[], removes: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    store.write(puts, removes, (error) => (error === null ? resolve() : reject(new Error(error))));
  });
}

function list(store: Store, prefix: string): Promise<StoreEntry[]> {
  return new Promise((resolve, reject) => {
    store.list(prefix, (error, found) => {
      if (error !== null) reject(new Error(error));
      else resolve([...found].sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ key, value }) => ({ key, value })));
    });
  });
}

function hold(store: Store, name: string): Promise<{ held: boolean; release(): void }> {
  return new Promise((resolve) => {
    const holding = store.hold(name, (held) =>
      queueMicrotask(() => resolve({ held, release: () => holding.release() })),
    );
  });
}

async function until(reached: () => Promise<boolean>): Promise<void> {
  while (!(await reached())) await new Promise((resolve) => setTimeout(resolve, 20));
}

function equal(actual: unknown, expected: unknown): void {
  const sorted = Array.isArray(expected) ? [...expected].sort((a, b) => (a.key < b.key ? -1 : 1)) : expected;
  const [left, right] = [JSON.stringify(actual), JSON.stringify(sorted)];
  if (left !== right) throw new Error(`expected ${right}, got ${left}`);
}
