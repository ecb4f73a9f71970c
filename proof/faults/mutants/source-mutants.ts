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
  /** The database takes an ordinal, or the id of a message, a second time. */
  "no-unique-key": {
    file: "storage/migrations/0001-first.ts",
    words: `primaryKey: ["tenant", "producer", "address", "ordinal"],
    unique: { by_message: ["tenant", "sender", "message_id", "original"] },`,
    instead: `primaryKey: ["tenant", "producer", "address", "ordinal", "seq"],
    indexes: { by_message: ["tenant", "sender", "message_id", "original"] },`,
  },
  /** What a page finds missing stays missing. */
  "gap-not-fetched": {
    file: "protocol/log-book.ts",
    words: "if (!held.live || (held.asked === held.seen && timers.waits(gap))) return;",
    instead: "if (gap) return;",
  },
  /** The gateway's echo does not say how far the logs are. */
  "heads-left-out": {
    file: "gateway/core/sessions.ts",
    words: "if (cursor.delivered >= cursor.feed.head) continue;",
    instead: "if (cursor) continue;",
  },
  /** A carrier that opens has proved itself. */
  "backoff-reset-on-open": {
    file: "protocol/dialler.ts",
    words: "if (!link.over) say(link, host.greet(link, credential, kindOf(link)));",
    instead: "ladder.died(link.rung, 1e9); if (!link.over) say(link, host.greet(link, credential, kindOf(link)));",
  },
  /** Whoever had a producer before goes on under it. */
  "fencing-off": {
    file: "gateway/core/producers.ts",
    words: "function keyOf({ principal, principalId }: Session, producer: string): string {",
    instead:
      "function keyOf({ principal, principalId, id }: Session, producer: string): string { if (id) return id + producer;",
  },
  /** A page that comes back is told nothing of what is durable. */
  "ordinals-left-out": {
    file: "gateway/core/opened-log.ts",
    words: "    ordinals,\n",
    instead: "    ordinals: ordinals.slice(ordinals.length),\n",
  },
} as const satisfies Readonly<Record<string, SourceMutant>>;

export type SourceMutantName = keyof typeof sourceMutants;
export const sourceMutantNames = Object.keys(sourceMutants) as SourceMutantName[];
