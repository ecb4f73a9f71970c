/** Deliberate defects of the gateway: the laboratory is worth what it catches of these. */
import type { LogEvent } from "../../../protocol/frames.ts";
import type { Dialect } from "../../../storage/dialects/dialect.ts";
import type { Storage } from "../../../storage/storage.ts";

export const mutants = [
  "ack-before-commit",
  "every-append-is-new",
  "catch-up-hides-a-hole",
  "thread-of-everybody",
  "trouble-is-success",
  "durability-relaxed",
  "callback-instead-of-cursor",
] as const;
export type Mutant = (typeof mutants)[number];

/** How long a commit of `ack-before-commit` takes after its answer, ms. */
const lateCommitMs = 40;

/** As many programs that use SQLite are set up. */
function relaxed(dialect: Dialect): Dialect {
  const done = dialect.read((connection) => connection.execute("PRAGMA synchronous = NORMAL", []));
  return { ...dialect, transaction: (pool, work) => done.then(() => dialect.transaction(pool, work)) };
}

export function mutateDialect(dialect: Dialect, mutant: Mutant | null): Dialect {
  if (mutant === "durability-relaxed") return relaxed(dialect);
  if (mutant !== "ack-before-commit") return dialect;
  return {
    ...dialect,
    transaction: (pool, work) =>
      new Promise((resolve, reject) => {
        const committed = dialect.transaction(pool, async (connection) => {
          const result = await work(connection);
          if (pool !== "append") return result;
          resolve(result);
          await new Promise((later) => setTimeout(later, lateCommitMs));
          return result;
        });
        committed.then(resolve, reject);
      }),
  };
}

/** Only where there are more, as a page that was away finds. A hole alone would be asked for again; numbers that close it are not. */
function withoutSecond(events: LogEvent[]): LogEvent[] {
  if (events.length < 3) return events;
  return events.flatMap((event, index) => (index === 1 ? [] : [{ ...event, seq: event.seq - (index > 1 ? 1 : 0) }]));
}

export function mutateStorage(storage: Storage, mutant: Mutant | null, newId: () => string): Storage {
  switch (mutant) {
    case "every-append-is-new":
      return {
        ...storage,
        append: (request) => storage.append({ ...request, producer: newId(), ordinal: 1, messageId: newId() }),
        ordinals: async () => [],
      };
    case "catch-up-hides-a-hole":
      return {
        ...storage,
        readLog: async (...range) => withoutSecond(await storage.readLog(...range)),
      };
    case "thread-of-everybody":
      return {
        ...storage,
        async thread(tenant, visitor, limit) {
          const own = await storage.thread(tenant, visitor, limit);
          return {
            ...own,
            conversations: [...own.conversations, ...(await storage.inbox(tenant, limit))].slice(0, limit),
          };
        },
      };
    case "trouble-is-success":
      return {
        ...storage,
        append: (request) =>
          storage.append(request).catch(() => ({
            outcome: "duplicate" as const,
            conversation: newId(),
            log: "public" as const,
            epoch: "lost",
            seq: 1,
            at: request.at,
            publicHead: 1,
            staffHead: 0,
            events: [],
            created: false,
            state: null,
          })),
      };
    default:
      return storage;
  }
}
