/**
 * Where gateways can die: what they were about, and the awaits of the core that it leads to. Written down from what runs reached;
 * `npm run simulate` names what is reached and not listed, and each run aims at the next ones of the list.
 */
import type { Place } from "./coverage.ts";

const transaction = ["before-persist", "in-batch", "before-commit", "after-commit"];

/** A call of storage: asked, and answered. */
const calls = (...names: string[]): string[] => names.flatMap((name) => [`${name}: asked`, `${name}: answered`]);

const points: { readonly [errand: string]: readonly string[] } = {
  boot: ["in-batch", ...calls("agents", "sites", "tenants")],
  hello: [...transaction, ...calls("heads", "linkContact", "openLog", "ordinals", "readLog", "refusals", "thread")],
  subscribe: ["in-batch", ...calls("openLog", "ordinals", "readLog", "thread")],
  fetch: ["in-batch", ...calls("readLog")],
  publish: [
    ...transaction,
    "after-ack",
    "after-append",
    "before-append",
    ...calls("append", "conversation", "heads", "ordinals", "readLog", "thread"),
  ],
  watch: ["in-batch", ...calls("inbox", "readCounts")],
  status: [...transaction, ...calls("updateAgent")],
  bus: ["in-batch", ...calls("heads", "ordinals", "readLog", "thread")],
  timer: [
    ...transaction,
    ...calls(
      "heads",
      "inbox",
      "linkContact",
      "openLog",
      "ordinals",
      "readCounts",
      "readLog",
      "refusals",
      "saveReceipts",
      "saveVisitEvents",
      "saveVisitor",
      "saveVisits",
      "thread",
      "visitCount",
    ),
  ],
};

export const knownPlaces: readonly Place[] = Object.entries(points).flatMap(([errand, at]) =>
  at.map((point) => ({ errand, point })),
);
