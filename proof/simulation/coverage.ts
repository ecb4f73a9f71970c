/** Where gateways died: every await of the core, and the frame on whose behalf it waited. */

export interface Place {
  /** Frame kind, `connect`, `timer` or `bus`: what the gateway was about. */
  readonly errand: string;
  /** The await that it was at. */
  readonly point: string;
}

interface Counts {
  reached: number;
  crashed: number;
}

export class Coverage {
  /** By errand, then by point: asked at every await of a run. */
  readonly #places = new Map<string, Map<string, Counts>>();

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

  rows(): (Place & Counts)[] {
    return [...this.#places].flatMap(([errand, points]) =>
      [...points].map(([point, counts]) => ({ errand, point, ...counts })),
    );
  }

  #at(errand: string, point: string): Counts {
    let points = this.#places.get(errand);
    if (!points) {
      points = new Map();
      this.#places.set(errand, points);
    }
    let counts = points.get(point);
    if (!counts) {
      counts = { reached: 0, crashed: 0 };
      points.set(point, counts);
    }
    return counts;
  }
}
