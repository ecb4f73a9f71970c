/**
 * The client half of the protocol: hello, resume, outbox, ordinals, acks, heads, gap fill, heartbeat, backoff, drain,
 * fencing, receipts. Used unchanged by the widget, the admin page, the tests and the load generators. It knows no DOM.
 */
import type { Client, ClientOptions, ClientStatus, LogView } from "./client-contract.ts";
import { decodeServerMessage, encodeClientFrame, isFinal } from "./codec.ts";
import {
  type Ack,
  type ClientFrame,
  type Credential,
  type Events,
  type Heads,
  type Hello,
  type LogEvent,
  type LogState,
  type Ok,
  protocolVersion,
  type Receipt,
  type Refuse,
  type ServerFrame,
} from "./frames.ts";
import {
  advance,
  bornAt,
  emptyLog,
  forget,
  type HeldLog,
  positionsOf,
  prepend,
  recall,
  take,
  toText,
} from "./held-log.ts";
import { createLadder, type RungMemory } from "./ladder.ts";
import {
  ackTimeoutMs,
  clientDeadMs,
  gapWaitMs,
  maxAddressesPerProducer,
  maxEventsPerPage,
  maxSubscriptions,
  maxUnackedPerConnection,
  okTimeoutMs,
  probeTimeoutMs,
  receiptDelayMs,
  reofferMessages,
  reofferMs,
  retryFloorMs,
  saveDelayMs,
  typingTickMs,
} from "./limits.ts";
import { each, filter, includes } from "./lists.ts";
import { createOutbox, type OutboxEntry, publishOf } from "./outbox.ts";
import type { Carrier, CarrierKind, StoreEntry } from "./ports.ts";
import { createTimers } from "./timers.ts";
import { wholeText } from "./whole-text.ts";

export type { Client, ClientListener, ClientOptions, ClientStatus, LogView, OutboxMessage } from "./client-contract.ts";

/** One dialled connection. */
interface Link {
  number: number;
  rung: number;
  carrier?: Carrier;
  over: boolean;
  /** A frame came. */
  heard: boolean;
  okAt: number;
  /** Addresses that the hello named and no log frame has answered yet, or that have to pause. */
  waits: string[];
  /** That the hello named. */
  producer: string;
}

const rejecting = /^(unauthenticated|expired|revoked|origin|unsupported-version)$/;
const nothing = (): void => {};

export function createClient(options: ClientOptions): Client {
  const { clock, random, json, store, listener } = options;
  const prefix = `${options.scope}/`;
  const timers = createTimers(clock);
  const ladder = createLadder(options.carriers.length, clock, random);
  const nonce = random.id();
  const outbox = createOutbox(options, `${prefix}out/`, options.remember, () => {
    flush();
    report();
  });
  let disk = options.remember;
  let logs: HeldLog[] = [];
  let opened: string[] = [];
  let active: Link | null = null;
  let trying: Link | null = null;
  let links = 0;
  let incarnation = 0;
  let phase: ClientStatus["phase"] = "stopped";
  let loaded = false;
  let lastFrameAt = -1;
  let nextTryAt = -1;
  let troubleSince = -1;
  let beats = 0;
  let beatAt = 0;
  let beatMs = 0;
  let echoes: number[] = [];
  let principal = "";
  let serverAheadMs = 0;
  let requests: { request: number; done: (page: Events | null) => void }[] = [];
  let requested = 0;
  let unsaidTyping: ClientFrame | null = null;
  let emptied = nothing;

  // ------------------------------------------------------------ status

  function status(): ClientStatus {
    const link = active || trying;
    const sorted = echoes.slice().sort((a, b) => a - b);
    return {
      phase,
      carrier: link ? (options.carriers[link.rung] as CarrierKind).name : "",
      roundTripMs: sorted.length ? (sorted[sorted.length >> 1] as number) : -1,
      lastFrameAt,
      nextTryAt,
      troubleSince,
      unsent: outbox.waiting().length,
      durability: outbox.durability,
    };
  }

  function report(): void {
    const present = status();
    listener.status(present);
    if (!present.unsent) emptied();
  }

  function enter(next: ClientStatus["phase"]): void {
    phase = next;
    if (next === "online") troubleSince = nextTryAt = -1;
    else if (troubleSince < 0) troubleSince = clock.monotonic();
    report();
  }

  // ------------------------------------------------------------ links

  function dialIn(delayMs: number): void {
    timers.set("dial", delayMs, () => dial(ladder.rung));
    if (active) return;
    nextTryAt = clock.monotonic() + delayMs;
    enter("waiting");
  }

  function dial(rung: number): void {
    if (trying || phase === "stopped") return;
    timers.clear("dial");
    const link: Link = { number: ++links, rung, over: false, heard: false, okAt: 0, waits: [], producer: "" };
    trying = link;
    if (!active) enter("connecting");
    options.credential((credential) => {
      if (link.over) return;
      link.heard = !credential;
      if (!credential) return end(link);
      timers.set("ok", okTimeoutMs, () => end(link));
      link.carrier = (options.carriers[rung] as CarrierKind).dial({
        opened() {
          if (!link.over) (link.carrier as Carrier).send(encodeClientFrame(hello(link, credential), json));
        },
        message(text) {
          each(decodeServerMessage(text, json), (frame) => {
            if (!link.over) receive(link, frame);
          });
        },
        closed: () => end(link),
      });
    });
  }

  function hang(link: Link | null): void {
    if (!link) return;
    link.over = true;
    if (link.carrier) link.carrier.close();
  }

  /** The link is over. `retryAfterMs`: what the gateway asked for. */
  function end(link: Link, retryAfterMs?: number): void {
    if (link.over) return;
    hang(link);
    let delayMs: number;
    if (link === trying) {
      trying = null;
      timers.clear("ok");
      if (active && active.rung !== link.rung) return climbLater(active.rung);
      delayMs = link.heard || active ? ladder.again() : ladder.fell();
    } else {
      active = null;
      unplug();
      delayMs = ladder.died(link.rung, clock.monotonic() - link.okAt);
      if (trying) return enter("connecting");
    }
    dialIn(retryAfterMs === undefined ? delayMs : retryAfterMs + ladder.soon());
  }

  function unplug(): void {
    each(logs, (held) => {
      held.live = false;
    });
    each(["beat", "echo", "ack", "climb"], timers.clear);
    failRequests();
  }

  function climbLater(rung: number): void {
    const delayMs = ladder.worked(rung);
    if (delayMs) timers.set("climb", delayMs, () => dial(ladder.above(rung)));
  }

  /** Says hello again over a second link; the first one serves until the other is `ok`. */
  function redial(): void {
    timers.set("redial", retryFloorMs, () => {
      timers.clear("ok");
      hang(trying);
      trying = null;
      dial(active ? active.rung : ladder.rung);
    });
  }

  function hello(link: Link, credential: Credential): Hello {
    const stated = options.visit && options.visit();
    if (stated && stated.identity && stated.identity.signature) keepOpen("current");
    incarnation = Math.max(incarnation + 1, clock.now());
    const outgoing = outbox.ranges().slice(0, maxAddressesPerProducer);
    const frame: Hello = {
      kind: "hello",
      version: protocolVersion,
      credential,
      carrier: (options.carriers[link.rung] as CarrierKind).name,
      visible: options.visible(),
      producers: [{ producer: outbox.producer, incarnation, nonce, outgoing }],
      positions: [],
    };
    link.producer = outbox.producer;
    // Those that were opened last: a hello that is beyond its limits would lock its page out.
    each(opened.slice(-maxSubscriptions), (address) => {
      if (frame.positions.length >= maxSubscriptions) return;
      link.waits.push(address);
      frame.positions = frame.positions.concat(positionsOf(logs, address)).slice(-maxSubscriptions);
    });
    each(outgoing, ({ address }) => link.waits.push(address));
    if (stated) {
      frame.visit = stated.visit;
      if (stated.identity) frame.identity = stated.identity;
    }
    return frame;
  }

  function subscribe(address: string): void {
    each(positionsOf(logs, address), (position) => send({ kind: "subscribe", position }));
  }

  function send(frame: ClientFrame): void {
    if (active) (active.carrier as Carrier).send(encodeClientFrame(frame, json));
  }

  /** Wants an echo within `withinMs`, else the link is replaced. */
  function beat(withinMs: number): void {
    const link = active;
    if (!link) return;
    beatAt = clock.monotonic();
    send({ kind: "heartbeat", nonce: ++beats, visible: options.visible() });
    timers.set("echo", withinMs, () => end(link));
    timers.set("beat", beatMs, () => {
      pulse();
      adopt();
    });
  }

  function pulse(): void {
    beat(clientDeadMs - beatMs);
  }

  function adopt(): void {
    outbox.adopt((found) => {
      if (found) redial();
    });
  }

  // ------------------------------------------------------------ frames

  function receive(link: Link, frame: ServerFrame): void {
    lastFrameAt = clock.monotonic();
    link.heard = true;
    if (frame.kind === "ok" && link === trying) return accepted(link, frame);
    if (frame.kind === "error") {
      if (frame.fatal && rejecting.test(frame.code) && (!active || active === link)) return reject(frame.code);
      if (frame.fatal) end(link, frame.retryAfterMs);
      if (frame.about === "fetch") failRequests();
    }
    if (link === active) act(link, frame);
    else if (!active) listener.frame(frame);
  }

  function act(link: Link, frame: ServerFrame): void {
    switch (frame.kind) {
      case "log":
        return opening(link, frame);
      case "events":
        return arrived(frame);
      case "ack":
        return acked(frame);
      case "refuse":
        return refused(link, frame);
      case "heads":
        return each(frame.heads, headOf);
      case "heartbeat":
        if (frame.nonce && frame.nonce === beats) {
          timers.clear("echo");
          echoes = echoes.slice(-4).concat(clock.monotonic() - beatAt);
          enter("online");
        }
        return each(frame.heads, headOf);
      case "positions":
        return withLog(frame, (held) => cursors(held, frame));
      case "reset": {
        const held = find(frame.log);
        return held && reset(held);
      }
      case "go":
        return timers.set("dial", random.fraction() * frame.withinMs, () => dial(ladder.rung));
      case "fenced":
        return trying ? undefined : renew();
      default:
        listener.frame(frame);
    }
  }

  function accepted(link: Link, frame: Ok): void {
    timers.clear("ok");
    timers.clear("dial");
    hang(active);
    unplug();
    trying = null;
    active = link;
    link.okAt = clock.monotonic();
    principal = frame.principal;
    serverAheadMs = frame.now - clock.now();
    beatMs = frame.heartbeatMs;
    climbLater(link.rung);
    if (disk) store.write([{ key: `${prefix}rung`, value: json.stringify(ladder.memory()) }], [], nothing);
    enter("online");
    listener.ok(frame);
    pulse();
    each(frame.fenced, renew);
    flush();
  }

  function opening(link: Link, frame: LogState): void {
    const { address, log } = frame;
    if (log) {
      const held = find(log) || emptyLog(address, log);
      if (frame.state === "reset" || (held.epoch && held.epoch !== frame.epoch)) return reset(held);
      if (frame.state === "tail" && frame.head > held.seen) forget(held);
      if (frame.conversation) held.conversation = frame.conversation;
      held.epoch = frame.epoch as string;
      held.live = true;
      hold(held);
      cursors(held, frame);
      headOf({ log, epoch: held.epoch, head: frame.head });
    }
    // What was there once is there no more: the database was restored from before it.
    each(log ? [] : logs, (held) => {
      if (held.epoch && (held.log === address || held.address === address)) reset(held);
    });
    // What was acked in a history that is no more: an ack tells which one, although nothing else of it may have come.
    offerAgain((entry) => (log ? entry.log === log && entry.epoch !== frame.epoch : entry.address === address));
    each(frame.ordinals, ({ producer, ordinal }) => outbox.stored(producer, address, ordinal));
    timers.clear(`retry ${address}`);
    unpause(link, address);
  }

  function arrived(frame: Events): void {
    if (frame.request === undefined) return withLog(frame, (held) => apply(held, frame));
    const asked = filter(requests, ({ request }) => request === frame.request);
    requests = filter(requests, ({ request }) => request !== frame.request);
    each(asked, ({ done }) => done(frame));
  }

  function apply(held: HeldLog, page: Events): void {
    const whole = take(held, page.events);
    // A message that stands in its log is no longer on its way.
    each(page.events, ({ id, sender }) => outbox.drop((entry) => entry.id === id && sender.id === principal));
    held.head = Math.max(held.head, page.head);
    moved(held);
    if (!whole) fetchGap(held);
  }

  function headOf(of: Heads["heads"][0]): void {
    withLog(of, (held) => {
      held.head = Math.max(held.head, of.head);
      moved(held);
    });
  }

  function cursors(held: HeldLog, from: Partial<Pick<LogState, "own" | "visitor" | "agents">>): void {
    advance(held.own, from.own);
    advance(held.visitor, from.visitor);
    advance(held.agents, from.agents);
    moved(held);
  }

  function acked(frame: Ack): void {
    const { producer, address, ordinal, log, epoch } = frame;
    if (address === "current" && !find(log)) {
      // A page that is loaded again asks for it: on disk before the message leaves it.
      const born = emptyLog(address, log);
      born.epoch = epoch;
      born.dirty = true;
      hold(born);
      save();
    }
    outbox.stored(producer, address, ordinal, frame);
    headOf({ log, epoch, head: frame.seq });
    if (address !== "current") {
      const held = find(log);
      // Its log is not open here, so that it will never be seen to arrive; or it was not there when it was opened.
      if (!includes(opened, log)) outbox.drop((entry) => entry.id === frame.id);
      else if (!held || !held.live) subscribe(log);
    }
    answered(frame);
  }

  function refused(link: Link, frame: Refuse): void {
    const { producer, address, code, expected } = frame;
    if (isFinal(frame)) {
      const named = (entry: OutboxEntry): boolean => entry.producer === producer && entry.id === frame.id;
      each(filter(outbox.entries, named), (entry) => outbox.failed(entry, code, frame.by));
    } else if (code === "mismatch" || code === "fenced") {
      // A second link of this page has said hello already: it will send what was refused here.
      if (code === "mismatch" || !trying) renew();
    } else {
      pause(link, address, frame.retryAfterMs || retryFloorMs);
      if (expected) {
        outbox.stored(producer, address, expected - 1);
        // What is expected is not here: under this producer nothing can follow any more.
        each(outbox.ranges(), (range) => {
          if (range.address === address && range.first !== expected) renew();
        });
      }
    }
    answered(frame);
  }

  function answered(frame: Ack | Refuse): void {
    timers.clear("ack");
    listener.frame(frame);
    proceed(frame.address);
  }

  function proceed(address: string): void {
    listener.changed(address);
    flush();
    report();
  }

  /** Sends nothing to this address for a while, then all that waits, in order. */
  function pause(link: Link, address: string, delayMs: number): void {
    each(outbox.entries, (entry) => {
      if (entry.address === address) entry.sentOn = 0;
    });
    link.waits.push(address);
    if (!timers.waits(`retry ${address}`)) timers.set(`retry ${address}`, delayMs, () => unpause(link, address));
  }

  function unpause(link: Link, address: string): void {
    link.waits = filter(link.waits, (one) => one !== address);
    proceed(address);
  }

  // ------------------------------------------------------------ logs

  /** By its own address or, the newest one, by the address that it was opened under. */
  function find(address: string): HeldLog | undefined {
    return filter(logs, (held) => held.log === address || held.address === address).pop();
  }

  function withLog(of: { log: string; epoch: string }, visit: (held: HeldLog) => void): void {
    const held = find(of.log);
    if (held && held.epoch === of.epoch) visit(held);
  }

  function hold(held: HeldLog): void {
    if (!includes(logs, held)) logs.push(held);
    logs.sort((a, b) => bornAt(a) - bornAt(b));
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

  function staffOf(log: string): string {
    return log.replace(/\/public$/, "/staff");
  }

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

  function failRequests(): void {
    const failed = requests;
    requests = [];
    each(failed, ({ done }) => done(null));
  }

  function receipts(): void {
    const frame: Receipt = { kind: "receipt", positions: [] };
    each(logs, (held) => {
      const { log, epoch, own } = held;
      const said = `${epoch} ${own.delivered} ${own.read}`;
      if (!held.live || held.reported === said) return;
      held.reported = said;
      frame.positions.push({ log, epoch, delivered: own.delivered, read: own.read });
    });
    if (frame.positions.length) send(frame);
  }

  function save(): void {
    const puts: StoreEntry[] = [];
    each(disk ? logs : [], (held) => {
      if (held.dirty) puts.push({ key: `${prefix}log/${held.log}`, value: toText(held, json) });
      held.dirty = false;
    });
    if (puts.length) store.write(puts, [], nothing);
  }

  // ------------------------------------------------------------ fencing and restores

  /** All that waits goes out under a new producer; many reasons at once make one. */
  function renew(): void {
    if (timers.waits("renew")) return;
    timers.set("renew", retryFloorMs, () => {
      outbox.restart();
      redial();
    });
  }

  /** The log was restored: what it may have lost is offered again, under the ids that it had. */
  function reset(held: HeldLog): void {
    const { address } = held;
    const conversation = held.log.split("/")[0] as string;
    const since = clock.now() + serverAheadMs - reofferMs;
    renew();
    each(held.events.slice(-reofferMessages).reverse(), ({ id, at, body, sender, deletedAt }) => {
      const own = sender.id === principal && at > since && !deletedAt;
      if (own && (body.kind === "text" || body.kind === "note")) {
        outbox.add({ id, address, body, createdAt: at, conversation }, true);
      }
    });
    each(outbox.waiting(), (entry) => {
      if (entry.address === address) entry.conversation = conversation;
    });
    offerAgain((entry) => entry.address === address);
    forget(held);
    moved(held);
  }

  /** What was acked, and has not been seen in its log. */
  function offerAgain(lost: (entry: OutboxEntry) => boolean): void {
    each(outbox.entries, (entry) => {
      if (entry.state !== "stored" || !lost(entry)) return;
      entry.state = "waiting";
      if (entry.log) entry.conversation = entry.log.split("/")[0] as string;
      renew();
    });
  }

  // ------------------------------------------------------------ sending

  /** Sends what may be sent: each address in order, one producer after the other. */
  function flush(): void {
    const link = active;
    if (!link || link.producer !== outbox.producer || timers.waits("renew")) return;
    const waits = link.waits.slice();
    let flying = 0;
    each(outbox.waiting(), (entry) => {
      const { address } = entry;
      if (includes(waits, address)) return;
      if (entry.sentOn === link.number) flying++;
      else if (!entry.kept || flying >= maxUnackedPerConnection) {
        // Nothing may overtake it.
        waits.push(address);
      } else {
        flying++;
        entry.sentOn = link.number;
        send(publishOf(entry));
      }
    });
    if (flying && !timers.waits("ack")) timers.set("ack", ackTimeoutMs, () => end(link));
  }

  function sayTyping(): void {
    if (!unsaidTyping) return;
    send(unsaidTyping);
    unsaidTyping = null;
    timers.set("typing", typingTickMs, sayTyping);
  }

  // ------------------------------------------------------------ what is drawn

  function view(held: HeldLog): LogView {
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
    drawn.outbox = filter(outbox.entries, (entry) => {
      const here = entry.address === address && (!newest || newest === held);
      const stands = ({ id, sender }: LogEvent): boolean => id === entry.id && (!principal || sender.id === principal);
      return here && !filter(held.events, stands).length;
    });
    if (!log) delete drawn.log;
    return drawn;
  }

  // ------------------------------------------------------------ life

  function keepOpen(address: string): void {
    if (!includes(opened, address)) opened.push(address);
  }

  function remember(): void {
    if (disk) return;
    disk = true;
    outbox.remember();
    save();
  }

  function load(): void {
    store.list(prefix, (_error, entries) => {
      each(entries, ({ key, value }) => {
        const name = key.slice(prefix.length);
        const kept = recall(value, json);
        if (!kept) return;
        if (name === "rung") ladder.recall(kept as RungMemory);
        if (name.split("/")[0] !== "log" || find((kept as HeldLog).log)) return;
        hold(kept as HeldLog);
        if ((kept as HeldLog).address === "current") keepOpen("current");
        listener.changed((kept as HeldLog).address);
      });
      outbox.adopt(() => {
        each(outbox.waiting(), ({ address }) => {
          if (address === "current") keepOpen(address);
          listener.changed(address);
        });
        loaded = true;
        dial(ladder.rung);
      });
    });
  }

  function stop(): void {
    send({ kind: "bye" });
    save();
    hang(active);
    hang(trying);
    active = trying = null;
    unplug();
    timers.clear();
    enter("stopped");
  }

  function reject(code: string): void {
    stop();
    listener.rejected(code);
  }

  return {
    start() {
      if (phase !== "stopped") return;
      enter("connecting");
      if (loaded) dial(ladder.rung);
      else load();
    },
    stop,
    status,
    publish(address, body, answers) {
      const id = random.id();
      if ("text" in body) body.text = wholeText(body.text);
      if (address === "current") keepOpen(address);
      remember();
      const message: Parameters<typeof outbox.add>[0] = { id, address, body, createdAt: clock.now() };
      if (answers) message.answers = answers;
      outbox.add(message);
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
      keepOpen(address);
      subscribe(address);
    },
    close(address) {
      opened = filter(opened, (one) => one !== address);
      const removes: string[] = [];
      logs = filter(logs, (held) => {
        if (held.address !== address) return true;
        removes.push(`${prefix}log/${held.log}`);
        send({ kind: "unsubscribe", log: held.log });
        return false;
      });
      if (disk) store.write([], removes, nothing);
    },
    log(address) {
      const held = find(address);
      if (held) return view(held);
      const known = includes(opened, address) || filter(outbox.entries, (entry) => entry.address === address).length;
      return known ? view(emptyLog(address, "")) : null;
    },
    logs() {
      const views: LogView[] = [];
      each(logs, (held) => views.push(view(held)));
      return views;
    },
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
    receipt(address, delivered, read) {
      const held = find(address);
      if (held) cursors(held, { own: { delivered, read } });
    },
    typing(address, active, text) {
      unsaidTyping =
        text === undefined ? { kind: "typing", address, active } : { kind: "typing", address, active, text };
      if (!timers.waits("typing")) sayTyping();
    },
    send,
    page(page) {
      send({ kind: "page", page });
    },
    set(attributes) {
      send({ kind: "set", attributes });
    },
    remember,
    doubt() {
      beat(probeTimeoutMs);
      enter(active ? "connecting" : phase);
    },
    wake() {
      if (active) {
        beat(probeTimeoutMs);
        if (phase !== "online") dial(active.rung);
      } else if (phase === "waiting") dialIn(ladder.soon());
    },
    visibility: pulse,
    shutdown(maxMs, done) {
      const finish = (): void => {
        emptied = nothing;
        const unsent = outbox.waiting();
        stop();
        outbox.release();
        outbox.entries = [];
        logs = [];
        disk = false;
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
