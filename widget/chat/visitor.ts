import { type Client, type ClientListener, createClient } from "../../protocol/client.ts";
import type { Ok, ServerFrame } from "../../protocol/frames.ts";
import type { CarrierKind, Store } from "../../protocol/ports.ts";
import type { VisitHost } from "../loader/chat-port.ts";
import { credentialOf, keepVisitor, readVisitor, type Who, whoOf } from "../loader/kept-visitor.ts";
import { pageVisible } from "../tracking/visibility.ts";
import { thread } from "./thread.ts";

export interface VisitorOptions {
  host: VisitHost;
  carriers: CarrierKind[];
  store: Store;
  listener: Pick<ClientListener, "status" | "ok" | "frame" | "rejected"> & {
    changed(): void;
    /** Another person from here on: what is on the screen belongs to the one before. */
    replaced(): void;
  };
}

/**
 * Who is chatting: the secret, its token and the client that speaks for it. Nothing is stored on the device before first use
 * (the first message, or answering or dismissing an invitation), unless the site may remember visitors.
 */
export interface Visitor {
  /** Takes the page's line; everything else comes after it. */
  start(): void;
  client(): Client;
  /** The chat was used, here or on an earlier page. */
  used(): boolean;
  /** First use: from here on things are kept, and the thread is open. */
  use(): void;
  /** Another page of the same browser has written our item: `text` is its new content, null if it is gone. */
  storedElsewhere(text: string | null): void;
  /** `done` gets the texts that could not be sent; nothing is left on the device. */
  forget(maxMs: number, done: (unsent: string[]) => void): void;
}

/** The old visitor's messages have this long to go out after somebody else signed in. */
const farewellMs = 30000;

/** `kept`: the visitor came from the device. */
export function createVisitor(options: VisitorOptions, kept: boolean): Visitor {
  const { host, store, listener } = options;
  const site = host.tag.site;
  let who = host.who;
  let client: Client;
  let remembered = kept;
  let secondChance = true;

  function save(): void {
    if (remembered) keepVisitor(site, who);
  }

  function remember(): void {
    remembered = true;
    save();
    client.remember();
  }

  function begin(next: Who): void {
    const ifStill =
      <T>(action: (value: T) => void) =>
      (value: T) => {
        if (who === next) action(value);
      };
    who = next;
    client = createClient({
      carriers: options.carriers,
      clock: host.clock,
      random: host.random,
      json: host.json,
      store,
      scope: `${site}/${next.secret.slice(0, 8)}`,
      credential: (done) => done(credentialOf(site, next)),
      visit: host.visit,
      visible: pageVisible,
      remember: remembered,
      listener: {
        status: ifStill(listener.status),
        ok: ifStill(ok),
        changed: ifStill(listener.changed),
        frame: ifStill(frame),
        rejected: ifStill(rejected),
      },
    });
    if (who.used) client.open(thread);
    host.takeLine(client);
  }

  /** Somebody else: a new secret, and nothing of the one before but what still has to go out. */
  function startOver(): void {
    const before = client;
    const { used } = who;
    begin({ secret: host.random.id(), used });
    before.shutdown(farewellMs, () => undefined);
    save();
    listener.replaced();
  }

  function ok(received: Ok): void {
    secondChance = true;
    if (received.token) {
      who.token = received.token;
      save();
    }
    if (received.site && received.site.remembers && !remembered) remember();
    listener.ok(received);
  }

  function frame(received: ServerFrame): void {
    if (received.kind === "identified") {
      if (received.startOver) return startOver();
      if (received.token) {
        who.token = received.token;
        save();
      }
      // A signed identity brings its conversations along.
      if (received.verified) client.open(thread);
    }
    listener.frame(received);
  }

  function rejected(code: string): void {
    if (code === "revoked") return startOver();
    if (secondChance && (code === "expired" || code === "unauthenticated")) {
      secondChance = false;
      const { secret, used } = who;
      return begin({ secret, used });
    }
    listener.rejected(code);
  }

  return {
    start: () => begin(who),
    client: () => client,
    used: () => who.used === true,
    use() {
      if (who.used) return;
      // Another tab may have been first.
      const stored = readVisitor(site);
      remembered = remembered || stored !== null;
      if (stored && stored.secret !== who.secret) begin(stored);
      who.used = true;
      remember();
      client.open(thread);
    },
    storedElsewhere(text) {
      const stored = whoOf(text);
      if (stored ? stored.secret === who.secret : !remembered) return;
      remembered = stored !== null;
      begin(stored || { secret: host.random.id() });
      listener.replaced();
    },
    forget(maxMs, done) {
      client.shutdown(maxMs, (unsent) => {
        const texts: string[] = [];
        for (const { body } of unsent) if (body.kind === "text") texts.push(body.text);
        keepVisitor(site, null);
        done(texts);
      });
    },
  };
}
