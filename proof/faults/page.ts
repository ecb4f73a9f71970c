/** Browsers with pages, and the real client in each, over real sockets. */
import { request } from "node:http";
import { type BenchCarrier, carrierOf } from "../../loadtest/harness/node-carriers.ts";
import { nodeClock } from "../../loadtest/harness/node-client.ts";
import { newId, visitState } from "../../loadtest/harness/people.ts";
import { type Client, createClient, type LogView } from "../../protocol/client.ts";
import type { ClientFrame } from "../../protocol/client-frames.ts";
import { decodeClientMessage } from "../../protocol/codec.ts";
import type { Credential, ServerFrame } from "../../protocol/frames.ts";
import type { CarrierKind } from "../../protocol/ports.ts";
import { createSharedDisk, type PageStore, type SharedDisk } from "../../protocol/testing/shared-disk.ts";
import { Gate } from "./gate.ts";
import type { HistoryRecorder } from "./history.ts";
import { Resends } from "./resends.ts";

export type CarrierChoice = BenchCarrier | "ladder";

export const rungs: readonly BenchCarrier[] = ["websocket", "xhr-streaming", "xhr-polling"];

export interface Surrounding {
  readonly recorder: HistoryRecorder;
  readonly speed: number;
  readonly fraction: () => number;
}

/** Who sits there. `marks`: what may stand in texts that they are told; null: everything. */
export interface Person {
  readonly name: string;
  readonly role: "visitor" | "agent";
  readonly marks: ReadonlySet<string> | null;
  /** Shows the token of the time before, as a page that does not know better. */
  keepsToken: boolean;
  /** `url`: of the page's own line. */
  credential(url: string): Promise<Credential | null>;
}

/** One profile of one browser: its pages share a disk. */
export class Browser {
  readonly person: Person;
  readonly disk: SharedDisk = createSharedDisk(nodeClock);
  readonly pages: Page[] = [];
  wallAheadMs = 0;
  /** How often its pages read a clock that was wrong. */
  misread = 0;
  #older = new Map<string, string>();

  constructor(person: Person) {
    this.person = person;
  }

  copyDisk(): void {
    this.#older = new Map(this.disk.entries);
  }

  /** As a restored profile. Returns how many entries are gone or as they were. */
  rollBack(): number {
    const { entries } = this.disk;
    const keys = new Set([...entries.keys(), ...this.#older.keys()]);
    const changed = [...keys].filter((key) => entries.get(key) !== this.#older.get(key));
    entries.clear();
    for (const [key, value] of this.#older) entries.set(key, value);
    return changed.length;
  }

  /** Reads the clock: how far it is ahead of the machine's. */
  aheadMs(): number {
    if (this.wallAheadMs !== 0) this.misread += 1;
    return this.wallAheadMs;
  }
}

/** A place for a page, which can be loaded again and again. */
export class Page {
  readonly name: string;
  readonly browser: Browser;
  /** Of the proxy. */
  readonly line: number;
  readonly url: string;
  client!: Client;
  store!: PageStore;
  /** How often a page was loaded here. */
  load = 0;
  localAddress: string;
  rejections = 0;
  /** Writes that its disk refused. */
  failedWrites = 0;
  /** How often it has lost its link. */
  falls = 0;
  /** When dials began that the gateway has answered. */
  readonly answeredDials: number[] = [];
  gate!: Gate;
  carriers: readonly BenchCarrier[];
  readonly opened = new Set<string>();
  /** That it offered at a hello. */
  readonly producers = new Set<string>();
  readonly #around: Surrounding;
  #said = 0;
  #phase = "";
  #drawn = new Set<string>();
  #ids: string[] = [];
  #resends!: Resends;

  constructor(name: string, browser: Browser, line: number, url: string, carrier: CarrierChoice, around: Surrounding) {
    this.name = name;
    this.browser = browser;
    this.line = line;
    this.url = url;
    this.carriers = carrier === "ladder" ? rungs : [carrier];
    this.localAddress = `127.0.1.${line + 1}`;
    this.#around = around;
    browser.pages.push(this);
  }

  get living(): boolean {
    return this.load > 0 && this.gate.alive;
  }

  get unsent(): number {
    return this.client.status().unsent;
  }

  get online(): boolean {
    return this.client.status().phase === "online";
  }

  /** `cloned`: begins as a duplicate of that page, with the same random words. */
  open(cloned?: Page): void {
    const { speed } = this.#around;
    const { person, disk } = this.browser;
    this.load += 1;
    const gate = new Gate(speed, () => this.browser.aheadMs());
    this.#resends = new Resends((id) =>
      this.#around.recorder.accuse("doubled", `${this.name} sent ${id} again, which was stored when it said hello`),
    );
    this.gate = gate;
    this.store = this.#watched(disk.page());
    this.client = createClient({
      carriers: this.carriers.map((name) => this.#carrier(name, gate)),
      clock: gate.clock,
      random: { id: this.#idsOf(cloned), fraction: this.#around.fraction },
      json: JSON,
      store: this.store,
      scope: `${person.role}/${person.name}`,
      credential: (done) =>
        void person.credential(this.url).then(
          (credential) => gate.run(() => done(credential)),
          () => gate.run(() => done(null)),
        ),
      ...(person.role === "visitor" ? { visit: () => ({ visit: visitState(this.line, newId()) }) } : {}),
      visible: () => !gate.hidden,
      remember: true,
      listener: {
        status: ({ phase }) => {
          if (phase !== "online" && this.#phase === "online") this.falls += 1;
          this.#phase = phase;
        },
        ok: () => {
          if (person.role === "agent") this.client.send({ kind: "watch", view: "inbox" });
        },
        changed: (address) => this.#changed(address, gate),
        frame: (frame) => this.#heard(frame),
        rejected: () => {
          this.rejections += 1;
          gate.clock.after(2000, () => this.client.start());
        },
      },
    });
    this.client.start();
    for (const address of this.opened) this.client.open(address);
  }

  /** Gone as it is: what was not on disk ends with it. */
  crash(): void {
    if (!this.living) return;
    const disk = [...this.browser.disk.entries.values()].join();
    for (const id of this.waiting()) if (!disk.includes(id)) this.#around.recorder.excuse(id);
    this.gate.alive = false;
    this.store.die();
    this.#drawn.clear();
    for (const hang of this.#hangUps) hang();
    this.#hangUps.clear();
  }

  readonly #hangUps = new Set<() => void>();

  watch(address: string): void {
    if (this.opened.has(address)) return;
    this.opened.add(address);
    this.gate.run(() => this.client.open(address));
  }

  /** Somebody types it and presses Enter; a page that hangs hears nothing. */
  say(address: string, mark: string): void {
    if (!this.living || this.gate.paused) return;
    this.#said += 1;
    const text = `${this.name}:${this.#said} ~${mark}~`;
    const kind = address.endsWith("/staff") ? "note" : "text";
    const id = this.client.publish(address, { kind, text });
    this.#around.recorder.wrote({ id, author: this.name, address, text });
  }

  views(): LogView[] {
    return this.client.logs();
  }

  /** Messages of one's own that no ack has come for. */
  waiting(): string[] {
    const views = [...this.views()];
    for (const address of ["current", ...this.opened]) {
      const view = this.client.log(address);
      if (view) views.push(view);
    }
    const ids = views.flatMap(({ outbox }) => outbox.filter(({ state }) => state === "waiting").map(({ id }) => id));
    return [...new Set(ids)];
  }

  #watched(store: PageStore): PageStore {
    return {
      ...store,
      write: (puts, removes, done) =>
        store.write(puts, removes, (error) => {
          if (error) this.failedWrites += 1;
          done(error);
        }),
    };
  }

  #changed(address: string, gate: Gate): void {
    if (this.#drawn.size === 0) setImmediate(() => gate.run(() => this.#draw()));
    this.#drawn.add(address);
  }

  #draw(): void {
    const addresses = this.#drawn;
    this.#drawn = new Set();
    for (const view of this.views()) {
      const meant = addresses.has(view.address) || (view.log !== undefined && addresses.has(view.log));
      if (meant) this.#around.recorder.shows(this.name, this.load, view);
    }
  }

  #heard(frame: ServerFrame): void {
    if (frame.kind === "ack") {
      this.#resends.acked(frame);
      this.#around.recorder.ackedBy(frame.id, frame.at);
    }
    if (frame.kind === "refuse" && frame.final) this.#around.recorder.refused(frame.id, frame.code);
  }

  #carrier(name: BenchCarrier, gate: Gate): CarrierKind {
    const { recorder } = this.#around;
    return {
      name,
      dial: (listener) => {
        const dialledAt = performance.now();
        let answered = false;
        const around = {
          url: this.url,
          userAgent: `Laboratory/${this.line} Firefox/140.0`,
          localAddress: this.localAddress,
        };
        const carrier = carrierOf(name, around).dial({
          opened: () => gate.run(() => listener.opened()),
          message: (text) => {
            recorder.told(this.name, text, this.browser.person.marks);
            if (!answered) this.answeredDials.push(dialledAt);
            answered = true;
            gate.run(() => listener.message(text));
          },
          closed: (code, reason) => gate.run(() => listener.closed(code, reason)),
        });
        const hangUp = (): void => carrier.close();
        const says = this.#resends.link(() => this.waiting().filter((id) => recorder.isStored(id)));
        this.#hangUps.add(hangUp);
        return {
          name,
          send: (text) => {
            this.#offers(text, says);
            carrier.send(text);
          },
          close: () => {
            this.#hangUps.delete(hangUp);
            hangUp();
          },
        };
      },
    };
  }

  #offers(text: string, says: (frame: ClientFrame) => void): void {
    for (const frame of decodeClientMessage(text, JSON) ?? []) {
      if (frame.kind === "bad") continue;
      if (frame.kind === "hello") for (const { producer } of frame.producers) this.producers.add(producer);
      says(frame);
    }
  }

  #idsOf(cloned: Page | undefined): () => string {
    const copy = cloned ? [...cloned.#ids] : [];
    const own: string[] = [];
    this.#ids = own;
    return () => {
      const id = copy.shift() ?? newId();
      if (own.length < 2) own.push(id);
      return id;
    };
  }
}

/** An agent's cookie session, made at the gateway itself; tokens are bought through each page's own line. */
export async function signIn(url: string, email: string, password: string): Promise<(line: string) => Promise<string>> {
  const response = await fetch(`${url}/api/v1/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, password }),
  });
  if (!response.ok) throw new Error(`sign-in answered ${response.status}`);
  const cookie = (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const { csrf } = (await response.json()) as { csrf: string };
  return (line) => buyToken(line, { cookie, "x-beckon-csrf": csrf });
}

const tokenTimeoutMs = 3000;

/** On a connection of its own, as it may be cut. */
function buyToken(url: string, headers: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/api/v1/socket-token`, { method: "POST", headers, agent: false }, (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part: Buffer) => parts.push(part));
      answer.on("error", reject);
      answer.on("end", () => {
        if (answer.statusCode !== 200) return reject(new Error(`no token: ${answer.statusCode}`));
        resolve((JSON.parse(Buffer.concat(parts).toString()) as { token: string }).token);
      });
    });
    sent.setTimeout(tokenTimeoutMs, () => sent.destroy(new Error("no token in time")));
    sent.on("error", reject);
    sent.end();
  });
}
