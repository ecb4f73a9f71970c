/**
 * The client half of the protocol: hello, resume, outbox, ordinals, acks, heads, gap fill, heartbeat, backoff, drain, fencing, receipts. Used
 * unchanged by the widget, the admin page, the tests and the load generators. It knows no DOM. Its parts: `dialler.ts` (which link serves),
 * `outbox.ts` (what is on its way), `delivery.ts` (how it gets out), `log-book.ts` (what has come).
 */
import type { Client, ClientOptions } from "./client-contract.ts";
import type { ClientFrame, Hello } from "./client-frames.ts";
import { createDelivery } from "./delivery.ts";
import { createDialler, type Link } from "./dialler.ts";
import { type Credential, type LogState, type Ok, protocolVersion, type Sender, type ServerFrame } from "./frames.ts";
import { emptyLog, forget, type HeldLog, recall } from "./held-log.ts";
import { createLadder, type RungMemory } from "./ladder.ts";
import { ackTimeoutMs, maxAddressesPerProducer, reofferMs, typingTickMs } from "./limits.ts";
import { each, filter } from "./lists.ts";
import { createLogBook } from "./log-book.ts";
import { createOutbox } from "./outbox.ts";
import type { CarrierKind } from "./ports.ts";
import { createTimers } from "./timers.ts";
import { wholeText } from "./whole-text.ts";

export type { Client, ClientListener, ClientOptions, ClientStatus, LogView, OutboxMessage } from "./client-contract.ts";

const nothing = (): void => {};

export function createClient(options: ClientOptions): Client {
  const { clock, random, json, store, listener } = options;
  const prefix = `${options.scope}/`;
  const timers = createTimers(clock);
  const ladder = createLadder(options.carriers.length, clock, random);
  const nonce = random.id();
  let incarnation = 0;
  let loaded = false;
  let principal = "";
  let serverAheadMs = 0;
  let unsaidTyping: ClientFrame | null = null;
  let emptied = nothing;

  /** Before the first `ok` nobody knows: then an id is enough. */
  const mine = ({ id }: Sender): boolean => !principal || id === principal;
  const outbox = createOutbox(options, `${prefix}out/`, options.remember, () => {
    delivery.flush();
    report();
  });
  const dialler = createDialler(options, timers, ladder, outbox, { greet, proven, said, lost, rejected, report });
  const book = createLogBook(options, prefix, timers, outbox, dialler.send, mine);
  const delivery = createDelivery(timers, outbox, dialler, book, listener, mine, report);

  function report(): void {
    const present = dialler.status();
    listener.status(present);
    if (!present.unsent) emptied();
  }

  // ------------------------------------------------------------ what the dialler asks and tells

  function greet(link: Link, credential: Credential, carrier: CarrierKind): Hello {
    const stated = options.visit && options.visit();
    if (stated && stated.identity && stated.identity.signature) book.keepOpen("current");
    incarnation = Math.max(incarnation + 1, clock.now());
    const outgoing = outbox.ranges().slice(0, maxAddressesPerProducer);
    link.producer = outbox.producer;
    each(outgoing, ({ address }) => link.waits.push(address));
    return {
      kind: "hello",
      version: protocolVersion,
      credential,
      carrier: carrier.name,
      visible: options.visible(),
      producers: [{ producer: outbox.producer, incarnation, nonce, outgoing }],
      positions: book.stated(link.waits),
      visit: stated && stated.visit,
      identity: stated && stated.identity,
    };
  }

  function proven(received: Ok): void {
    principal = received.principal;
    serverAheadMs = received.now - clock.now();
    if (book.disk) store.write([{ key: `${prefix}rung`, value: json.stringify(ladder.memory()) }], [], nothing);
    listener.ok(received);
    dialler.pulse();
    each(received.fenced, delivery.renew);
    delivery.flush();
  }

  function lost(): void {
    each(book.logs, (held) => {
      held.live = false;
    });
    book.failRequests();
  }

  function rejected(code: string): void {
    stop();
    listener.rejected(code);
  }

  function said(link: Link, received: ServerFrame): void {
    switch (received.kind) {
      case "log":
        return opening(link, received);
      case "events":
        return book.arrived(received);
      case "ack":
        return delivery.acked(received);
      case "refuse":
        return delivery.refused(link, received);
      case "heartbeat":
        if (clock.monotonic() - link.okAt > ackTimeoutMs) book.askAgain(link.waits);
        return each(received.heads, book.headOf);
      case "heads":
        return each(received.heads, book.headOf);
      case "positions":
        return book.withLog(received, (held) => book.cursors(held, received));
      case "reset": {
        const held = book.find(received.log);
        return held && reset(held);
      }
      case "fenced":
        return dialler.trying() ? undefined : delivery.renew();
      case "error":
        if (received.about === "fetch") book.failRequests();
    }
    listener.frame(received);
  }

  // ------------------------------------------------------------ logs

  function opening(link: Link, received: LogState): void {
    const { address, log } = received;
    if (log) {
      const held = book.find(log) || emptyLog(address, log);
      if (received.state === "reset" || (held.epoch && held.epoch !== received.epoch)) return reset(held);
      if (received.conversation) held.conversation = received.conversation;
      held.epoch = received.epoch as string;
      held.live = true;
      book.hold(held);
      book.cursors(held, received);
      book.headOf({ log, epoch: held.epoch, head: received.head });
    }
    // Nothing is there for who holds nothing; another tab may have begun since this page was loaded.
    if (!log && !book.logs.length) recallLogs(() => book.logs.length && book.follow(address));
    // What was there once is there no more: the database was restored from before it.
    each(log ? [] : book.logs, (held) => {
      if (held.epoch && (held.log === address || held.address === address)) reset(held);
    });
    // What was acked in a history that is no more: an ack tells which one, although nothing else of it may have come.
    delivery.offerAgain((entry) =>
      log ? entry.log === log && entry.epoch !== received.epoch : entry.address === address,
    );
    each(received.ordinals, ({ producer, ordinal }) => outbox.stored(producer, address, ordinal));
    delivery.unpause(link, address);
  }

  function reset(held: HeldLog): void {
    delivery.reoffer(held, clock.now() + serverAheadMs - reofferMs);
    forget(held);
    book.moved(held);
  }

  // ------------------------------------------------------------ life

  function sayTyping(): void {
    if (!unsaidTyping) return;
    dialler.send(unsaidTyping);
    unsaidTyping = null;
    timers.set("typing", typingTickMs, sayTyping);
  }

  function remember(): void {
    if (book.disk) return;
    book.disk = true;
    outbox.remember();
    book.save();
  }

  /** What stands on disk and is not held yet. */
  function recallLogs(then: () => void): void {
    store.list(prefix, (_error, entries) => {
      each(entries, ({ key, value }) => {
        const name = key.slice(prefix.length);
        const kept = recall(value, json);
        if (!kept) return;
        if (name === "rung") ladder.recall(kept as RungMemory);
        if (name.split("/")[0] !== "log" || book.find((kept as HeldLog).log)) return;
        book.hold(kept as HeldLog);
        if ((kept as HeldLog).address === "current") book.keepOpen("current");
        listener.changed((kept as HeldLog).address);
      });
      then();
    });
  }

  function load(): void {
    recallLogs(() =>
      outbox.adopt(() => {
        each(outbox.waiting(), ({ address }) => {
          if (address === "current") book.keepOpen(address);
          listener.changed(address);
        });
        loaded = true;
        dialler.dial();
      }),
    );
  }

  function stop(): void {
    book.save();
    dialler.stop();
  }

  return {
    start() {
      if (!dialler.begin()) return;
      if (loaded) dialler.dial();
      else load();
    },
    stop,
    status: dialler.status,
    publish(address, body, answers) {
      const id = random.id();
      if ("text" in body) body.text = wholeText(body.text);
      if (address === "current") book.keepOpen(address);
      remember();
      outbox.add({ id, address, body, createdAt: clock.now(), answers });
      listener.changed(address);
      return id;
    },
    discard(id) {
      each(outbox.entries, (entry) => {
        if (entry.id !== id || entry.state !== "failed") return;
        outbox.drop((other) => other === entry);
        listener.changed(entry.address);
      });
    },
    open(address) {
      book.keepOpen(address);
      book.follow(address);
    },
    close: book.close,
    log(address) {
      const held = book.find(address);
      if (held) return book.view(held);
      const known = book.isOpen(address) || filter(outbox.entries, (entry) => entry.address === address).length;
      return known ? book.view(emptyLog(address, "")) : null;
    },
    logs() {
      const views: ReturnType<typeof book.view>[] = [];
      each(book.logs, (held) => views.push(book.view(held)));
      return views;
    },
    older: book.older,
    receipt(address, delivered, read) {
      const held = book.find(address);
      if (held) book.cursors(held, { own: { delivered, read } });
    },
    typing(address, active, text) {
      unsaidTyping = { kind: "typing", address, active, text };
      if (!timers.waits("typing")) sayTyping();
    },
    send: dialler.send,
    page(page) {
      dialler.send({ kind: "page", page });
    },
    set(attributes) {
      dialler.send({ kind: "set", attributes });
    },
    remember,
    doubt: dialler.doubt,
    wake: dialler.wake,
    visibility: dialler.pulse,
    shutdown(maxMs, done) {
      const finish = (): void => {
        emptied = nothing;
        const unsent = outbox.waiting();
        stop();
        outbox.release();
        outbox.entries = [];
        book.logs = [];
        book.disk = false;
        store.list(prefix, (_error, entries) => {
          const keys: string[] = [];
          each(entries, ({ key }) => keys.push(key));
          store.write([], keys, () => done(unsent));
        });
      };
      emptied = finish;
      timers.set("shutdown", maxMs, finish);
      report();
    },
  };
}
