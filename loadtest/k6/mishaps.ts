/** What must not happen in a scenario, counted; k6 prints and judges only counters that were added to. */
import { Counter } from "k6/metrics";

export interface Mishaps {
  readonly doubled: Counter;
  readonly refused: Counter;
  readonly closedEarly: Counter;
  readonly thresholds: { readonly [name: string]: string[] };
  /** Each function of a scenario calls it first. */
  start(): void;
}

/** `scenario` is the beginning of the counters' names: `chat_doubled`. */
export function mishapsOf(scenario: string): Mishaps {
  const [doubled, refused, closedEarly] = ["doubled", "refused", "closed_early"].map(
    (name) => new Counter(`${scenario}_${name}`),
  ) as [Counter, Counter, Counter];
  return {
    doubled,
    refused,
    closedEarly,
    thresholds: {
      [`${scenario}_doubled`]: ["count<1"],
      [`${scenario}_refused`]: ["count<1"],
      [`${scenario}_closed_early`]: ["count<1"],
    },
    start() {
      for (const counter of [doubled, refused, closedEarly]) counter.add(0);
    },
  };
}
