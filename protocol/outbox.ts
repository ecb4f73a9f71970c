/**
 * What is on its way: messages of this page and of pages that died (rules 3, 4, 14, 15). Each stands on disk, where there is one, before
 * it is sent, and leaves it only when it is durable at the server or refused for good. Ordinals count for each address.
 */
import type { OutboxMessage } from "./client-contract.ts";
import type { Publish } from "./client-frames.ts";
import type { Ack, OutgoingRange, PublishAddress } from "./frames.ts";
import { maxOutboxMessages } from "./limits.ts";
import { each, filter, includes } from "./lists.ts";
import type { Json, RandomSource, Store, StoreEntry } from "./ports.ts";

export interface OutboxEntry extends OutboxMessage {
  producer: string;
  ordinal: number;
  answers?: string | undefined;
  conversation?: string | undefined;
  /** Where it is stored, and in which history, if an ack told. */
  log?: string;
  epoch?: string;
  /** On disk, or nothing keeps it from being sent. */
  kept: boolean;
  /** Number of the link that it was sent on, 0: none. */
  sentOn: number;
}
export type NewMessage = Pick<OutboxEntry, "id" | "address" | "body" | "createdAt" | "answers" | "conversation">;

export interface Outbox {
  /** In the order of sending. */
  entries: OutboxEntry[];
  /** Under which all that waits goes out. */
  producer: string;
  durability: "disk" | "memory";
  /** Addresses at which a message of this page was acked under `producer`: no copy of this page can have sent anything there. */
  owned: { [address: string]: boolean };
  /** From now on the disk may be used; what is held already is written. */
  remember(): void;
  /** At the end, or before everything that waits. */
  add(message: NewMessage, first?: boolean): void;
  /** Everything of this producer at this address up to `ordinal` is durable; without an ack that counts only where the address is owned. */
  stored(producer: string, address: PublishAddress, ordinal: number, ack?: Ack): void;
  /** Takes away what `gone` names, on disk too. */
  drop(gone: (entry: OutboxEntry) => boolean): void;
  /** Refused for good: stays on the screen only. */
  failed(entry: OutboxEntry, code: string, by: string | undefined): void;
  /** All that waits goes under a new producer, with the ids that it has. */
  restart(): void;
  /** Takes over what pages that died left behind, under a new producer; `done(true)`: something was found. */
  adopt(done: (found: boolean) => void): void;
  /** What a hello offers. */
  ranges(): OutgoingRange[];
  waiting(): OutboxEntry[];
  release(): void;
}

export function publishOf({ producer, address, ordinal, id, body, answers, conversation }: OutboxEntry): Publish {
  return { kind: "publish", producer, address, ordinal, id, body, answers, conversation };
}

/** `changed`: something was kept that could not be sent before, or the durability changed. */
export function createOutbox(
  ports: { store: Store; json: Json; random: RandomSource },
  prefix: string,
  onDisk: boolean,
  changed: () => void,
): Outbox {
  const { store, json, random } = ports;
  let disk = onDisk;
  let adopting = false;
  let holding = { release() {} };
  let last: { [address: string]: number } = {};

  const keyOf = (entry: OutboxEntry): string => `${prefix + entry.producer}/${entry.id}`;
  const waits = (entry: OutboxEntry): boolean => entry.state === "waiting";

  /** Writes these and removes those at once; then they may be sent. */
  const keep = (entries: OutboxEntry[], removes: string[], then?: () => void): void => {
    const puts: StoreEntry[] = [];
    const done = (): void => {
      each(entries, (entry) => {
        entry.kept = true;
      });
      if (then) then();
      changed();
    };
    if (!disk || !(entries.length + removes.length)) return done();
    each(outbox.durability === "disk" ? entries : [], (entry) => {
      entry.kept = false;
      puts.push({ key: keyOf(entry), value: json.stringify(entry) });
    });
    store.write(puts, removes, (error) => {
      if (error && puts.length) outbox.durability = "memory";
      done();
    });
  };

  const number = (entry: OutboxEntry): void => {
    entry.producer = outbox.producer;
    last[entry.address] = entry.ordinal = (last[entry.address] || 0) + 1;
    entry.sentOn = 0;
  };

  /** Nobody adopts what this page has while it lives. */
  const hold = (): void => {
    if (disk) holding = store.hold(`producer:${outbox.producer}`, () => {});
  };

  const restart = (then?: () => void): void => {
    const moved = outbox.waiting();
    const removes: string[] = [];
    const before = holding;
    last = {};
    outbox.owned = {};
    outbox.producer = random.id();
    hold();
    each(moved, (entry) => {
      removes.push(keyOf(entry));
      number(entry);
    });
    keep(moved, removes, () => {
      before.release();
      if (then) then();
    });
  };

  /** Reads under the hold: its page may have sent something since it was listed. */
  const takeOver = (producer: string, done: (found: OutboxEntry[], release: () => void) => void): void => {
    const held = store.hold(`producer:${producer}`, (granted) => {
      if (!granted) return done([], () => {});
      store.list(`${prefix + producer}/`, (_error, list) => {
        const found: OutboxEntry[] = [];
        each(list, ({ value }) => {
          try {
            found.push(json.parse(value) as OutboxEntry);
          } catch {
            // Not ours, or torn: it stays where it is.
          }
        });
        done(
          found.sort((a, b) => a.ordinal - b.ordinal),
          () => held.release(),
        );
      });
    });
  };

  const outbox: Outbox = {
    entries: [],
    producer: random.id(),
    durability: store.durability,
    owned: {},
    remember() {
      if (disk) return;
      disk = true;
      hold();
      keep(outbox.waiting(), []);
    },
    add(message, first) {
      const entry = message as OutboxEntry;
      const full = outbox.waiting().length >= maxOutboxMessages;
      entry.state = full ? "failed" : "waiting";
      if (full) entry.code = "busy";
      else number(entry);
      outbox.entries = first ? [entry].concat(outbox.entries) : outbox.entries.concat(entry);
      if (!full) keep([entry], []);
    },
    stored(producer, address, ordinal, ack) {
      const removes: string[] = [];
      if (producer !== outbox.producer) return;
      if (ack) outbox.owned[address] = true;
      each(outbox.owned[address] ? outbox.waiting() : [], (entry) => {
        if (entry.address !== address || entry.ordinal > ordinal) return;
        entry.state = "stored";
        if (ack) {
          entry.log = ack.log;
          entry.epoch = ack.epoch;
        }
        removes.push(keyOf(entry));
      });
      keep([], removes);
    },
    drop(gone) {
      const removes: string[] = [];
      outbox.entries = filter(outbox.entries, (entry) => {
        const stays = !gone(entry);
        if (!stays && waits(entry)) removes.push(keyOf(entry));
        return stays;
      });
      if (removes.length) keep([], removes);
    },
    failed(entry, code, by) {
      entry.state = "failed";
      entry.code = code;
      if (by) entry.by = by;
      keep([], [keyOf(entry)]);
    },
    restart,
    adopt(done) {
      if (!disk || adopting) return done(false);
      adopting = true;
      store.list(prefix, (_error, list) => {
        const orphans: string[] = [];
        each(list, ({ key }) => {
          const producer = key.slice(prefix.length).split("/")[0] as string;
          if (producer !== outbox.producer && !includes(orphans, producer)) orphans.push(producer);
        });
        let open = orphans.length;
        const all: OutboxEntry[][] = [];
        const releases: (() => void)[] = [];
        const finish = (found: OutboxEntry[], release: () => void): void => {
          if (found.length) all.push(found);
          releases.push(release);
          if (open--) return;
          adopting = false;
          all.sort((a, b) => (a[0] as OutboxEntry).createdAt - (b[0] as OutboxEntry).createdAt);
          outbox.entries = ([] as OutboxEntry[]).concat.apply([], all.concat([outbox.entries])) as OutboxEntry[];
          const free = (): void => each(releases, (one) => one());
          if (all.length) restart(free);
          else free();
          done(all.length > 0);
        };
        each(orphans, (producer) => takeOver(producer, finish));
        finish([], () => {});
      });
    },
    ranges() {
      const ranges: OutgoingRange[] = [];
      each(outbox.waiting(), ({ address, ordinal }) => {
        const range = filter(ranges, (one) => one.address === address)[0];
        if (range) range.last = ordinal;
        else ranges.push({ address, first: ordinal, last: ordinal });
      });
      return ranges;
    },
    waiting: () => filter(outbox.entries, waits),
    release: () => holding.release(),
  };
  hold();
  return outbox;
}
