/**
 * Lists by key, almost all of which have one entry: that one stands in the map without a list around it. Entries of a key keep the order in
 * which they came.
 */
export class OneOrMore<Entry extends object> {
  readonly #entries = new Map<string, Entry | readonly Entry[]>();

  of(key: string): readonly Entry[] {
    const held = this.#entries.get(key);
    if (held === undefined) return [];
    return isList(held) ? held : [held];
  }

  add(key: string, entry: Entry): void {
    const held = this.of(key);
    this.#entries.set(key, held.length === 0 ? entry : [...held, entry]);
  }

  remove(key: string, entry: Entry): void {
    const others = this.of(key).filter((other) => other !== entry);
    const [first] = others;
    if (first === undefined) this.#entries.delete(key);
    else this.#entries.set(key, others.length === 1 ? first : others);
  }
}

function isList<Entry extends object>(held: Entry | readonly Entry[]): held is readonly Entry[] {
  return Array.isArray(held);
}
