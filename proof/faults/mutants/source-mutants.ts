/** Deliberate defects in the product's sources: which words of which file are replaced while they are loaded. */

export interface SourceMutant {
  /** From the root of the repository. */
  readonly file: string;
  /** Stands there exactly once. */
  readonly words: string;
  readonly instead: string;
}

export const sourceMutants = {
  /** A message that comes again under another producer is another message. */
  "no-unique-id": {
    file: "storage/append/append-one.ts",
    words: "const original = set.messageIds.get(messageKey(request.tenant, request.sender.id, request.messageId));",
    instead:
      "const original = undefined as OrdinalRow | undefined; void messageKey; (request as { messageId: string }).messageId = context.newId();",
  },
  /** What was sent is as good as stored. */
  "outbox-cleared-on-send": {
    file: "protocol/delivery.ts",
    words: "dialler.send(publishOf(entry));",
    instead: "dialler.send(publishOf(entry)); outbox.drop((one) => one === entry);",
  },
  /** Whatever stands in the outbox is durable, says the gateway when a page comes back. */
  "ordinals-claimed": {
    file: "gateway/core/opened-log.ts",
    words: "    ordinals,\n",
    instead: "    ordinals: ordinals.map((one) => ({ ...one, ordinal: one.ordinal + 1000 })),\n",
  },
  /** A log of another history is the log that the page had. */
  "epoch-ignored": {
    file: "protocol/client.ts",
    words: 'if (received.state === "reset" || (held.epoch && held.epoch !== received.epoch)) return reset(held);',
    instead: 'if (received.state === "reset") received.state = "replay";',
  },
  /** What a dead page left stays there. */
  "adoption-left-out": {
    file: "protocol/outbox.ts",
    words: "if (!disk || adopting) return done(false);",
    instead: "if (disk || adopting) return done(false);",
  },
  /** An ordinal may come before the one before it is stored. */
  "ordinals-may-skip": {
    file: "storage/append/append-one.ts",
    words: "if (!followsStored(set, offer)) return",
    instead: "if (!followsStored(set, offer) && !request) return",
  },
  /** What came after the hello is all that a page that was away gets. */
  "resume-left-out": {
    file: "gateway/core/opened-log.ts",
    words: 'return { at: position.seen, state: "replay" };',
    instead: 'return { at: feed.head, state: "replay" };',
  },
} as const satisfies Readonly<Record<string, SourceMutant>>;

export type SourceMutantName = keyof typeof sourceMutants;
export const sourceMutantNames = Object.keys(sourceMutants) as SourceMutantName[];
