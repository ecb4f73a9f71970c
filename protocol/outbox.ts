/**
 * What is on its way: messages of this page and of pages that died (rules 3, 4, 14, 15). Each stands on disk, where there is one, before
 * it is sent, and leaves it only when it is durable at the server or refused for good. Ordinals count for each producer and address.
 */
import type { OutboxMessage } from "./client-contract.ts";
import type { OutgoingRange, ProducerOffer, PublishAddress } from "./frames.ts";
import { maxOutboxMessages, maxProducersPerConnection } from "./limits.ts";
import { each, filter, includes } from "./lists.ts";
import type { Json, RandomSource, Store, StoreEntry } from "./ports.ts";

export interface OutboxEntry extends OutboxMessage {
  producer: string;
  ordinal: number;
  answers?: string;
  conversation?: string;
  /** On disk, or nothing keeps it from being sent. */
  kept: boolean;
  /** Number of the link that it was sent on, 0: none. */
  sentOn: number;
}
export type NewMessage = Pick<OutboxEntry, "id" | "address" | "body" | "createdAt" | "answers" | "conversation">;
export type ProducerOutgoing = Pick<ProducerOffer, "producer" | "outgoing">;

export interface Outbox {
  /** In the order of sending: what was adopted first. */
  entries: OutboxEntry[];
  /** Producer of this page's messages. */
  own: string;
  durability: "disk" | "memory";
  /** From now on the disk may be used; what is held already is written. */
  remember(): void;
  /** At the end, or before everything that waits. */
  add(message: NewMessage, first?: boolean): void;
  /** Everything of this producer at this address up to `ordinal` is durable. */
  stored(producer: string, address: PublishAddress, ordinal: number): void;
  /** Takes away what `gone` names, on disk too. */
  drop(gone: (entry: OutboxEntry) => boolean): void;
  /** Refused for good: stays on the screen only. */
  failed(entry: OutboxEntry, code: string, by: string | undefined): void;
  /** The server expects `ordinal` next: what waits is numbered from there. */
  renumber(producer: string, address: PublishAddress, ordinal: number): void;
  /** All that waits goes under a new producer, with the ids that it has. */
  restart(): void;
  /** Looks for outboxes of pages that died; `done(true)`: some were taken over. */
  adopt(done: (found: boolean) => void): void;
  /** Producers with what they hold, for a hello. */
  offers(): ProducerOutgoing[];
  waiting(): OutboxEntry[];
  release(): void;
}

/** `changed`: something was kept that could not be sent before, or the durability changed. */
export function createOutbox(
  ports: { store: Store; json: Json; random: RandomSource },
  prefix: string,
  onDisk: boolean,
  changed: () => void,
): Outbox {
  const { store, json, random } = ports;
  let holdings: { producer: string; release(): void }[] = [];
  const known: string[] = [];
  let next: { [address: string]: number } = {};
  let adopting = false;
  let disk = onDisk;

  const keyOf = (entry: OutboxEntry): string => `${prefix + entry.producer}/${entry.id}`;
  const waits = (entry: OutboxEntry): boolean => entry.state === "waiting";

  /** Writes these and removes those keys at once; then they may be sent. */
  const keep = (entries: OutboxEntry[], removes: string[]): void => {
    const puts: StoreEntry[] = [];
    const done = (): void => {
      each(entries, (entry) => {
        entry.kept = true;
      });
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
    entry.producer = outbox.own;
    next[entry.address] = entry.ordinal = (next[entry.address] || 0) + 1;
    entry.sentOn = 0;
  };

  /** Nobody adopts what this page has while it lives. */
  const holdOwn = (): void => {
    known.push(outbox.own);
    if (disk) holdings.push({ producer: outbox.own, release: store.hold(`producer:${outbox.own}`, () => {}).release });
  };

  /** Lets go of what was adopted and has nothing left to send. */
  const retire = (): void => {
    holdings = filter(holdings, (holding) => {
      const { producer } = holding;
      const used =
        producer === outbox.own || filter(outbox.waiting(), (entry) => entry.producer === producer).length > 0;
      if (!used) holding.release();
      return used;
    });
  };

  const parse = (text: string): OutboxEntry | undefined => {
    try {
      const entry = json.parse(text) as OutboxEntry;
      entry.sentOn = 0;
      entry.kept = true;
      return entry;
    } catch {
      return undefined;
    }
  };

  /** Reads under the hold: its page may have sent something since it was listed. */
  const takeOver = (producer: string, done: (found: boolean) => void): void => {
    const holding = store.hold(`producer:${producer}`, (held) => {
      if (!held) return done(false);
      store.list(`${prefix + producer}/`, (_error, list) => {
        const found: OutboxEntry[] = [];
        each(list, ({ value }) => {
          const entry = parse(value);
          if (entry) found.push(entry);
        });
        found.sort((a, b) => a.ordinal - b.ordinal);
        const adopted = filter(outbox.entries, (entry) => entry.producer !== outbox.own);
        const own = filter(outbox.entries, (entry) => entry.producer === outbox.own);
        outbox.entries = adopted.concat(found, own);
        known.push(producer);
        // Released from another turn: some stores answer before `hold` has returned.
        holdings.push({ producer, release: () => holding.release() });
        done(found.length > 0);
      });
    });
  };

  const outbox: Outbox = {
    entries: [],
    own: random.id(),
    durability: store.durability,
    remember() {
      if (disk) return;
      disk = true;
      holdOwn();
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
    stored(producer, address, ordinal) {
      const removes: string[] = [];
      each(outbox.waiting(), (entry) => {
        if (entry.producer !== producer || entry.address !== address || entry.ordinal > ordinal) return;
        entry.state = "stored";
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
    renumber(producer, address, expected) {
      let ordinal = expected;
      const moved = filter(outbox.waiting(), (entry) => entry.producer === producer && entry.address === address);
      each(moved, (entry) => {
        entry.ordinal = ordinal++;
      });
      if (producer === outbox.own) next[address] = ordinal - 1;
      keep(moved, []);
    },
    restart() {
      const moved = outbox.waiting();
      const removes: string[] = [];
      next = {};
      outbox.own = random.id();
      holdOwn();
      each(moved, (entry) => {
        removes.push(keyOf(entry));
        number(entry);
      });
      keep(moved, removes);
    },
    adopt(done) {
      if (!disk || adopting) return done(false);
      adopting = true;
      retire();
      store.list(prefix, (_error, list) => {
        const orphans: string[] = [];
        each(list, ({ key }) => {
          const producer = key.slice(prefix.length).split("/")[0] as string;
          const room = holdings.length + orphans.length < maxProducersPerConnection;
          if (room && !includes(known, producer) && !includes(orphans, producer)) orphans.push(producer);
        });
        let open = orphans.length;
        let any = false;
        const finish = (found: boolean): void => {
          any = any || found;
          if (open--) return;
          adopting = false;
          done(any);
        };
        each(orphans, (producer) => takeOver(producer, finish));
        finish(false);
      });
    },
    offers() {
      const offers: ProducerOutgoing[] = [{ producer: outbox.own, outgoing: [] }];
      each(outbox.waiting(), ({ producer, address, ordinal }) => {
        let offer = filter(offers, (one) => one.producer === producer)[0];
        if (!offer) {
          offer = { producer, outgoing: [] };
          offers.push(offer);
        }
        const range: OutgoingRange | undefined = filter(offer.outgoing, (one) => one.address === address)[0];
        if (range) range.last = ordinal;
        else offer.outgoing.push({ address, first: ordinal, last: ordinal });
      });
      return offers;
    },
    waiting: () => filter(outbox.entries, waits),
    release() {
      each(holdings, (holding) => holding.release());
      holdings = [];
    },
  };
  holdOwn();
  return outbox;
}
