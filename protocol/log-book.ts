/** The logs that a client holds: what is missing of them is fetched, how far they are read is told, and they are kept in the store. */
import type { ClientOptions, LogView } from "./client-contract.ts";
import type { ClientFrame, Receipt } from "./client-frames.ts";
import type { Events, Heads, LogPosition, LogState, Sender } from "./frames.ts";
import { advance, bornAt, type HeldLog, positionsOf, prepend, take, toText } from "./held-log.ts";
import { gapWaitMs, maxEventsPerPage, maxSubscriptions, receiptDelayMs, saveDelayMs } from "./limits.ts";
import { each, filter, includes } from "./lists.ts";
import type { Outbox } from "./outbox.ts";
import type { StoreEntry } from "./ports.ts";
import type { Timers } from "./timers.ts";

/** What a frame may tell of how far everybody is. */
type Cursors = Partial<Pick<LogState, "own" | "visitor" | "agents">>;

export interface LogBook {
  /** Oldest first. */
  logs: HeldLog[];
  /** The store may be written. */
  disk: boolean;
  /** This address is followed over every reconnect. */
  keepOpen(address: string): void;
  isOpen(address: string): boolean;
  close(address: string): void;
  /** What a hello names; the addresses are added to `waits`. */
  stated(waits: string[]): LogPosition[];
  follow(address: string): void;
  /**
   * Asks again for what `waits` for an answer, and for logs that are open and not there: they may come to be, and a carrier may have lost
   * the question or its answer.
   */
  askAgain(waits: string[]): void;
  /** By its own address or, the newest one, by the address that it was opened under. */
  find(address: string): HeldLog | undefined;
  withLog(of: { log: string; epoch: string }, visit: (held: HeldLog) => void): void;
  hold(held: HeldLog): void;
  /** Something of it changed. */
  moved(held: HeldLog): void;
  cursors(held: HeldLog, from: Cursors): void;
  headOf(of: Heads["heads"][0]): void;
  arrived(frame: Events): void;
  older(address: string, count: number, done: (ok: boolean) => void): void;
  /** Nothing that was asked for will be answered. */
  failRequests(): void;
  save(): void;
  /** As it can be drawn. */
  view(held: HeldLog): LogView;
}

/** `prefix`: of the keys in the store. `mine`: whether the client itself said something. */
export function createLogBook(
  { store, json, listener, remember }: ClientOptions,
  prefix: string,
  timers: Timers,
  outbox: Outbox,
  send: (frame: ClientFrame) => void,
  mine: (sender: Sender) => boolean,
): LogBook {
  let opened: string[] = [];
  let requests: { request: number; done: (page: Events | null) => void }[] = [];
  let requested = 0;

  function find(address: string): HeldLog | undefined {
    return filter(book.logs, (held) => held.log === address || held.address === address).pop();
  }

  function withLog(of: { log: string; epoch: string }, visit: (held: HeldLog) => void): void {
    const held = find(of.log);
    if (held && held.epoch === of.epoch) visit(held);
  }

  function staffOf(log: string): string {
    return log.replace(/\/public$/, "/staff");
  }

  // ------------------------------------------------------------ what comes

  function arrived(frame: Events): void {
    if (frame.request === undefined) return withLog(frame, (held) => apply(held, frame));
    const asked = filter(requests, ({ request }) => request === frame.request);
    requests = filter(requests, ({ request }) => request !== frame.request);
    each(asked, ({ done }) => done(frame));
  }

  function apply(held: HeldLog, page: Events): void {
    const whole = take(held, page.events);
    // A message that stands in its log is no longer on its way.
    each(page.events, ({ id, sender }) => outbox.drop((entry) => entry.id === id && mine(sender)));
    held.head = Math.max(held.head, page.head);
    moved(held);
    if (!whole) fetchGap(held);
  }

  function cursors(held: HeldLog, from: Cursors): void {
    advance(held.own, from.own);
    advance(held.visitor, from.visitor);
    advance(held.agents, from.agents);
    moved(held);
  }

  function moved(held: HeldLog): void {
    const { log, address } = held;
    const whole = held.seen >= held.head;
    const gap = `gap ${log}`;
    advance(held.own, { delivered: held.seen, read: 0 });
    if (whole) timers.clear(gap);
    else if (!timers.waits(gap)) timers.set(gap, gapWaitMs, () => fetchGap(held));
    // What is stored in this log stands in what is held by now, or before it.
    if (whole)
      outbox.drop((entry) => entry.state === "stored" && (entry.log || address) === (entry.log ? log : entry.address));
    held.dirty = true;
    if (!timers.waits("receipt")) timers.set("receipt", receiptDelayMs, receipts);
    if (!timers.waits("save")) timers.set("save", saveDelayMs, save);
    listener.changed(address);
    if (find(staffOf(log))) listener.changed(staffOf(log));
  }

  // ------------------------------------------------------------ what is asked for and told

  /** Asks for what is missing after `seen`; once, until something comes or `gapWaitMs` are over. */
  function fetchGap(held: HeldLog): void {
    const gap = `gap ${held.log}`;
    if (!held.live || (held.asked === held.seen && timers.waits(gap))) return;
    held.asked = held.seen;
    timers.set(gap, gapWaitMs, () => fetchGap(held));
    request(held, held.seen + 1, Math.min(held.head, held.seen + maxEventsPerPage), (page) => {
      apply(held, page);
      if (held.seen < held.head && held.asked < held.seen) fetchGap(held);
    });
  }

  /** `failed`: offline, refused, or of another epoch. */
  function request(held: HeldLog, from: number, to: number, done: (page: Events) => void, failed?: () => void): void {
    const { log, epoch } = held;
    requests.push({
      request: ++requested,
      done(page) {
        if (page && page.epoch === held.epoch) done(page);
        else if (failed) failed();
      },
    });
    send({ kind: "fetch", request: requested, log, epoch, from, to });
  }

  function receipts(): void {
    const frame: Receipt = { kind: "receipt", positions: [] };
    each(book.logs, (held) => {
      const { log, epoch, own, seen } = held;
      const said = `${epoch} ${seen} ${own.read}`;
      if (!held.live || held.reported === said) return;
      held.reported = said;
      // What another page of this reader has does not help this one, if its carrier lost it.
      frame.positions.push({ log, epoch, delivered: seen, read: own.read });
    });
    if (frame.positions.length) send(frame);
  }

  function save(): void {
    const puts: StoreEntry[] = [];
    each(book.disk ? book.logs : [], (held) => {
      if (held.dirty) puts.push({ key: `${prefix}log/${held.log}`, value: toText(held, json) });
      held.dirty = false;
    });
    if (puts.length) store.write(puts, [], () => {});
  }

  const book: LogBook = {
    logs: [],
    disk: remember,
    keepOpen(address) {
      if (!includes(opened, address)) opened.push(address);
    },
    isOpen: (address) => includes(opened, address),
    close(address) {
      const removes: string[] = [];
      opened = filter(opened, (one) => one !== address);
      book.logs = filter(book.logs, (held) => {
        if (held.address !== address) return true;
        removes.push(`${prefix}log/${held.log}`);
        send({ kind: "unsubscribe", log: held.log });
        return false;
      });
      if (book.disk) store.write([], removes, () => {});
    },
    stated(waits) {
      let positions: LogPosition[] = [];
      // Those that were opened last: a hello that is beyond its limits would lock its page out.
      each(opened.slice(-maxSubscriptions), (address) => {
        if (positions.length >= maxSubscriptions) return;
        waits.push(address);
        positions = positions.concat(positionsOf(book.logs, address)).slice(-maxSubscriptions);
      });
      return positions;
    },
    follow(address) {
      each(positionsOf(book.logs, address), (position) => send({ kind: "subscribe", position }));
    },
    askAgain(waits) {
      const missing = filter(opened, (address) => {
        const held = find(address);
        // A thread begins with a message of its own visitor, and an ack tells.
        return address !== "current" && !(held && held.live) && !includes(waits, address);
      });
      each(missing.concat(waits), (address) => {
        // What has to pause has been answered; nothing is to be followed before an invitation.
        if (!timers.waits(`retry ${address}`) && !/^visit/.test(address)) book.follow(address);
      });
    },
    find,
    withLog,
    hold(held) {
      if (!includes(book.logs, held)) book.logs.push(held);
      book.logs.sort((a, b) => bornAt(a) - bornAt(b));
    },
    moved,
    cursors,
    headOf(of) {
      withLog(of, (held) => {
        held.head = Math.max(held.head, of.head);
        moved(held);
      });
    },
    arrived,
    older(address, count, done) {
      const held = find(address);
      if (!held || !held.live || held.from < 2) return done(false);
      const from = Math.max(1, held.from - Math.min(count, maxEventsPerPage));
      request(
        held,
        from,
        held.from - 1,
        (page) => {
          const fits = prepend(held, page.events);
          listener.changed(held.address);
          done(fits);
        },
        () => done(false),
      );
    },
    failRequests() {
      const failed = requests;
      requests = [];
      each(failed, ({ done }) => done(null));
    },
    save,
    view(held) {
      const { address, log } = held;
      const newest = find(address);
      const open = log !== staffOf(log) ? undefined : find(log.replace(/\/staff$/, "/public"));
      const drawn = {} as LogView & { [name: string]: unknown };
      let cut = false;
      for (const name in held) drawn[name] = held[name as keyof HeldLog];
      // A staff event waits for the public event that it came after.
      drawn.events = filter(held.events, ({ after }) => {
        cut = cut || (!!open && open.live && (after || 0) > open.seen);
        return !cut;
      });
      // What a page that died had sent may stand in the log before it is known to.
      const stored: { [id: string]: boolean } = {};
      each(outbox.entries.length ? held.events : [], ({ id, sender }) => {
        stored[id] = stored[id] || mine(sender);
      });
      drawn.outbox = filter(
        outbox.entries,
        (entry) => entry.address === address && (!newest || newest === held) && !stored[entry.id],
      );
      if (!log) delete drawn.log;
      return drawn;
    },
  };
  return book;
}
