/**
 * One copy of texts that many visits share: page addresses, titles, browsers. Bounded by two generations: what was not
 * asked for during a whole generation is forgotten, which costs memory only.
 */
const maxTexts = 20_000;

export class Interned {
  #young = new Map<string, string>();
  #old = new Map<string, string>();

  one(text: string): string {
    const known = this.#young.get(text) ?? this.#old.get(text) ?? text;
    this.#young.set(known, known);
    if (this.#young.size > maxTexts) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    return known;
  }
}
