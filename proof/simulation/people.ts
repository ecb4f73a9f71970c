/** Browsers with tabs, and the real client in each: what visitors and agents have on their desks. */
import { type Client, createClient, type LogView } from "../../protocol/client.ts";
import type { CarrierName, Credential, Identity, PublishBody, ServerFrame } from "../../protocol/frames.ts";
import type { RandomSource } from "../../protocol/ports.ts";
import { json } from "../../protocol/testing/model-server.ts";
import { createSharedDisk, type PageStore, type SharedDisk } from "../../protocol/testing/shared-disk.ts";
import type { Wire } from "../../protocol/testing/wire.ts";
import { DialBounds } from "./bounds.ts";
import { Process } from "./process.ts";
import type { Recorder } from "./recorder.ts";
import type { VirtualTime } from "./virtual-time.ts";

export interface Person {
  readonly name: string;
  readonly role: "visitor" | "agent";
  /** What the site's server signed. */
  readonly identity?: Identity;
  credential(browser: Browser): Credential | null;
}

export interface Desk {
  readonly time: VirtualTime;
  readonly random: RandomSource;
  readonly recorder: Recorder;
  wire(tab: Tab): Wire;
}

const carriers: readonly CarrierName[] = ["websocket", "xhr-streaming", "xhr-polling"];

export class Browser {
  readonly name: string;
  readonly person: Person;
  readonly disk: SharedDisk;
  readonly tabs: Tab[] = [];
  /** How far its clock is from the world's. */
  wallAheadMs = 0;
  diskFull = false;
  /** A visitor whose store is lost is a new visitor. */
  generation = 1;
  /** Copies of the disk, by which it may be rolled back. */
  #older: Map<string, string> | null = null;

  constructor(name: string, person: Person, desk: Desk) {
    this.name = name;
    this.person = person;
    this.disk = createSharedDisk(desk.time.clock);
  }

  /** Its visitor's secret. */
  get secret(): string {
    return `secret-${this.name}-${this.generation}`.padEnd(22, "-");
  }

  /** Stands in every text of this person's conversations. */
  get mark(): string {
    const { name, identity } = this.person;
    return identity ? name : `${name}g${this.generation}`;
  }

  get scope(): string {
    return this.person.role === "agent" ? `agent/${this.person.name}` : `shop/${this.secret}`;
  }

  living(): Tab[] {
    return this.tabs.filter((tab) => tab.living);
  }

  jump(ms: number): void {
    this.wallAheadMs += ms;
    for (const tab of this.living()) tab.process.wallAheadMs = this.wallAheadMs;
  }

  /** Its visitor may have to say something before its thread is read (R5.1). */
  forgetful = false;

  fill(full: boolean): void {
    this.diskFull = full;
    for (const tab of this.living()) {
      tab.store.failWith(full ? "full" : null);
      tab.metFullDisk ||= full;
    }
  }

  copyDisk(): void {
    this.#older = new Map(this.disk.entries);
  }

  /** As a restored profile: everything since the copy is gone, and what was deleted is back. */
  rollBack(): void {
    this.disk.entries.clear();
    for (const [key, value] of this.#older ?? []) this.disk.entries.set(key, value);
    this.forgetful = this.person.role === "visitor" && !this.person.identity;
  }
}

/** A place for a page, which can be loaded again and again. */
export class Tab {
  readonly name: string;
  readonly browser: Browser;
  readonly #desk: Desk;
  process!: Process;
  wire!: Wire;
  store!: PageStore;
  client!: Client;
  /** How often a page was loaded here. */
  page = 0;
  principal = "";
  /** Its disk was full while this page lived: only then may the page hold in memory alone what it was given. */
  metFullDisk = false;
  /** What this page has opened, over its loads. */
  readonly opened = new Set<string>();
  #said = 0;
  /** The first ids that its page drew: a clone draws the same. */
  #identity: string[] = [];
  readonly #dirty = new Set<string>();

  constructor(name: string, browser: Browser, desk: Desk) {
    this.name = name;
    this.browser = browser;
    this.#desk = desk;
    browser.tabs.push(this);
  }

  get living(): boolean {
    return this.page > 0 && this.process.alive;
  }

  /** `cloned`: begins as a copy of that page. */
  load(cloned?: Tab): void {
    const { time, recorder } = this.#desk;
    this.page += 1;
    const process = new Process(time, () => {});
    process.wallAheadMs = this.browser.wallAheadMs;
    this.process = process;
    this.wire = this.#desk.wire(this);
    this.store = this.#disk(process);
    this.metFullDisk = this.browser.diskFull;
    if (this.browser.diskFull) this.store.failWith("full");
    const { person } = this.browser;
    recorder.mayRead(
      this.name,
      person.name.startsWith("y") ? [] : person.role === "agent" ? null : [this.browser.mark],
    );
    const load = this.#desk.random.id();
    const dials = new DialBounds(recorder, this.name);
    this.client = createClient({
      carriers: carriers.map((name) => this.#carrier(name, process, dials)),
      clock: process.clock,
      random: this.#identityOf(cloned),
      json,
      store: this.store,
      scope: this.browser.scope,
      credential: (done) => done(person.credential(this.browser)),
      ...(person.role === "visitor" ? { visit: () => this.#visit(load, person.identity) } : {}),
      visible: () => true,
      // Visitors leave nothing on a device before first use.
      remember: person.role === "agent" || this.browser.disk.entries.size > 0,
      listener: {
        status: ({ unsent }) => recorder.outboxHolds(this.name, unsent),
        ok: ({ principal }) => {
          this.principal = principal;
          for (const view of person.role === "agent" ? ["inbox", "visitors"] : [])
            this.client.send({ kind: "watch", view });
        },
        changed: (address) => this.#changed(address),
        frame: (frame) => this.#heard(frame),
        rejected: () => this.#rejected(),
      },
    });
    process.run(() => this.client.start());
    for (const address of this.opened) this.open(address);
  }

  /** `abruptly`: the page is gone as it is. Else it says goodbye. */
  die(abruptly: boolean): void {
    if (!this.living) return;
    if (!abruptly) this.client.stop();
    this.process.die();
    this.store.die();
    this.#dirty.clear();
    if (abruptly && this.#desk.random.fraction() < 0.5) this.wire.deafen("both");
    else this.wire.cut();
  }

  open(address: string): void {
    this.opened.add(address);
    this.process.run(() => this.client.open(address));
  }

  /** Somebody types it and presses Enter; a page that hangs hears nothing. */
  say(address: string, secret: string, letters: number): void {
    if (!this.living || this.process.paused) return;
    const text = `${this.name}:${++this.#said} ~${secret}~`.padEnd(letters, ".");
    const id = this.publish(address, address.endsWith("/staff") ? { kind: "note", text } : { kind: "text", text });
    this.#desk.recorder.wrote({
      id,
      author: this.name,
      browser: this.browser.name,
      scope: this.browser.scope,
      address,
      text,
    });
  }

  publish(address: string, body: PublishBody): string {
    return this.client.publish(address, body);
  }

  views(): LogView[] {
    return this.client.logs();
  }

  #changed(address: string): void {
    if (this.#dirty.size === 0) this.#desk.time.clock.after(0, () => this.#draw());
    this.#dirty.add(address);
  }

  #draw(): void {
    const dirty = this.living ? [...this.#dirty] : [];
    this.#dirty.clear();
    for (const address of dirty)
      for (const view of this.#drawn(address)) this.#desk.recorder.shows(this.name, this.page, view);
  }

  #drawn(address: string): LogView[] {
    if (address === "current") return this.views().filter((view) => view.address === address);
    const view = this.client.log(address);
    return view ? [view] : [];
  }

  #heard(frame: ServerFrame): void {
    const { recorder } = this.#desk;
    if (frame.kind === "ack") recorder.acked(this.name, frame.id);
    if (frame.kind === "refuse" && frame.final) recorder.refused(this.name, this.page, frame.id, frame.code);
  }

  /** The person signs in again. */
  #rejected(): void {
    this.process.clock.after(2000, () => this.client.start());
  }

  #carrier(name: CarrierName, process: Process, dials: DialBounds) {
    const kind = this.wire.kind(name);
    return {
      name,
      dial: (listener: Parameters<typeof kind.dial>[0]) => {
        dials.dialled(process.clock.monotonic());
        return kind.dial({
          opened: () => process.run(() => listener.opened()),
          message: (text) => process.run(() => listener.message(text)),
          closed: (code, reason) => process.run(() => listener.closed(code, reason)),
        });
      },
    };
  }

  /** Its answers come to a page that lives, when it moves. */
  #disk(process: Process): PageStore {
    const store = this.browser.disk.page();
    return {
      ...store,
      durability: store.durability,
      list: (prefix, done) => store.list(prefix, (error, entries) => process.run(() => done(error, entries))),
      write: (puts, removes, done) => store.write(puts, removes, (error) => process.run(() => done(error))),
      hold: (name, done) => store.hold(name, (held) => process.run(() => done(held))),
    };
  }

  #identityOf(cloned: Tab | undefined): RandomSource {
    const { random } = this.#desk;
    const copy = cloned ? [...cloned.#identity] : [];
    this.#identity = [];
    return {
      id: () => {
        const id = copy.shift() ?? random.id();
        if (this.#identity.length < 2) this.#identity.push(id);
        return id;
      },
      fraction: () => random.fraction(),
    };
  }

  #visit(load: string, identity: Identity | undefined) {
    const visit = {
      load,
      page: { url: "https://shop.example/", title: this.name, referrer: "" },
      pageAgeMs: 0,
      attributes: {},
      locale: "en",
      timeZone: "Europe/Amsterdam",
      screen: "1280x800",
    };
    return identity ? { visit, identity } : { visit };
  }
}
