import type { Store } from "../../protocol/ports.ts";

/** Ends with the page: for browsers that keep nothing. */
export function createMemoryStore(): Store {
  // Keys get a sign in front, so that none can be `__proto__`.
  const values: { [slot: string]: unknown } = {};
  const held: typeof values = {};
  return {
    durability: "memory",
    list(prefix, done) {
      const entries = [];
      for (const slot in values) {
        const value = values[slot];
        if (typeof value === "string" && slot.indexOf(`=${prefix}`) === 0) entries.push({ key: slot.slice(1), value });
      }
      done(null, entries);
    },
    write(puts, removes, done) {
      for (const key of removes) delete values[`=${key}`];
      for (const { key, value } of puts) values[`=${key}`] = value;
      done(null);
    },
    hold(name, done) {
      const slot = `=${name}`;
      const free = !held[slot];
      held[slot] = true;
      done(free);
      return {
        release() {
          if (free) held[slot] = false;
        },
      };
    },
  };
}
