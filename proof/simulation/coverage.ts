/** Where gateways died: every await of the core, and the frame on whose behalf it waited. */

export interface Place {
  /** Frame kind, `connect`, `timer` or `bus`: what the gateway was about. */
  readonly errand: string;
  /** The await that it was at. */
  readonly point: string;
}

export class Coverage {
  readonly #places = new Map<string, { reached: number; crashed: number }>();

  reached({ errand, point }: Place): void {
    this.#at(errand, point).reached += 1;
  }

  crashed({ errand, point }: Place): void {
    this.#at(errand, point).crashed += 1;
  }

  add(other: Coverage): void {
    for (const { errand, point, reached, crashed } of other.rows()) {
      const place = this.#at(errand, point);
      place.reached += reached;
      place.crashed += crashed;
    }
  }

  rows(): { errand: string; point: string; reached: number; crashed: number }[] {
    return [...this.#places].map(([key, counts]) => {
      const [errand, point] = key.split("\t") as [string, string];
      return { errand, point, ...counts };
    });
  }

  #at(errand: string, point: string): { reached: number; crashed: number } {
    const key = `${errand}\t${point}`;
    const known = this.#places.get(key);
    if (known) return known;
    const fresh = { reached: 0, crashed: 0 };
    this.#places.set(key, fresh);
    return fresh;
  }
}
