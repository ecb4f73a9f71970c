import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import {
  type Client,
  type ClientOptions,
  type ClientStatus,
  createClient,
  type LogView,
} from "../../protocol/client.ts";
import type { Ok, PublishBody, ServerFrame, TypingNotice } from "../../protocol/frames.ts";
import { typingIdleMs } from "../../protocol/limits.ts";
import type { Timer } from "../../protocol/ports.ts";
import type { InboxRow, TeamRow, VisitorRow, VisitRow } from "../../protocol/rows.ts";
import { createLiveView, type LiveView } from "./live-view.ts";
import { createServerClock, type ServerClock } from "./server-clock.ts";

/** Why an action (not a text) was refused; shown where the button was. */
export interface Refusal {
  conversation: string;
  action: "take" | "assign" | "close" | "reopen";
  code: string;
  /** Who won (`taken`). */
  by: string;
}

/** An invitation that this page wrote: its text is nowhere else before it is answered. */
export interface SentInvitation {
  message: string;
  text: string;
  at: number;
}

/** The socket of one login, as signals. */
export interface LiveConnection {
  readonly status: ReadonlySignal<ClientStatus>;
  /** The last round trips, oldest first, in milliseconds. */
  readonly roundTrips: ReadonlySignal<readonly number[]>;
  /** Monotonic, of any frame; -1: none yet. Moves on without waking `status`. */
  lastFrameAt(): number;
  readonly ok: ReadonlySignal<Ok | null>;
  readonly clock: ServerClock;
  readonly visitors: LiveView<VisitorRow>;
  readonly inbox: LiveView<InboxRow>;
  readonly team: LiveView<TeamRow>;
  readonly refusal: Signal<Refusal | null>;
  /** Reads the log and wakes the reader when it changes. */
  log(address: string): LogView | null;
  typing(log: string): TypingNotice | null;
  /** Keeps both logs of a conversation open. The least recently shown ones make room beyond `maxHeldConversations`. */
  showConversation(id: string): void;
  publish(address: string, body: PublishBody): string;
  discard(message: string): void;
  older(address: string, done: (ok: boolean) => void): void;
  read(address: string, seq: number): void;
  tellTyping(address: string, active: boolean): void;
  /** Keeps the trail of a visit coming until `release`. */
  watchVisit(visit: string): { view: LiveView<VisitRow>; release(): void };
  invite(visit: string, text: string): void;
  invitation(visit: string): SentInvitation | undefined;
  invitationFailed(visit: string): string | null;
  setAvailable(available: boolean): void;
  start(): void;
  /** The device says that it is offline: the link counts as lost until it answers. */
  doubt(): void;
  wake(): void;
  visibility(): void;
  /** Goes quiet, keeps the outbox. */
  stop(): void;
  /** Waits at most `maxMs` for the outbox, then wipes everything of this login. */
  shutdown(maxMs: number, done: () => void): void;
}

/** Logs of conversations that are kept while another one is on the screen: switching back is then immediate, and memory stays bounded. */
export const maxHeldConversations = 8;
const olderPage = 50;
const roundTripsShown = 20;
const idleStatus: ClientStatus = {
  phase: "connecting",
  carrier: "",
  roundTripMs: -1,
  lastFrameAt: -1,
  nextTryAt: -1,
  troubleSince: -1,
  unsent: 0,
  durability: "memory",
};

export type ConnectionOptions = Omit<ClientOptions, "listener" | "remember"> & { rejected(code: string): void };

export function openConnection(options: ConnectionOptions): LiveConnection {
  const status = signal<ClientStatus>(idleStatus);
  const roundTrips = signal<readonly number[]>([]);
  const ok = signal<Ok | null>(null);
  const clock = createServerClock(options.clock);
  const visitors = createLiveView<VisitorRow>();
  const inbox = createLiveView<InboxRow>();
  const team = createLiveView<TeamRow>();
  const refusal = signal<Refusal | null>(null);
  const visits = new Map<string, { view: LiveView<VisitRow>; watchers: number }>();
  const logVersions = new Map<string, Signal<number>>();
  const typing = new Map<string, Signal<TypingNotice | null>>();
  const typingTimers = new Map<string, Timer>();
  /** The last message when a preview came: a newer one of the same sender is what was typed. */
  const typingAfter = new Map<string, string>();
  const invitations = new Map<string, SentInvitation>();
  const held: string[] = [];
  let wantedAvailable: boolean | null = null;

  const versionOf = (address: string) => entry(logVersions, address, () => signal(0));
  const typingOf = (log: string) => entry(typing, log, () => signal<TypingNotice | null>(null));
  const viewNamed = (
    name: string,
  ): LiveView<VisitorRow> | LiveView<InboxRow> | LiveView<TeamRow> | LiveView<VisitRow> | undefined => {
    if (name === "visitors") return visitors;
    if (name === "inbox") return inbox;
    if (name === "team") return team;
    return visits.get(name)?.view;
  };
  const watchAll = () => {
    for (const view of ["visitors", "inbox", "team", ...visits.keys()]) client.send({ kind: "watch", view });
  };

  const onFrame = (frame: ServerFrame) => {
    switch (frame.kind) {
      case "snapshot":
      case "difference":
        if (viewNamed(frame.view)?.apply(frame) === false) client.send({ kind: "watch", view: frame.view });
        return;
      case "typing":
        typingOf(frame.log).value = frame.active ? frame : null;
        typingAfter.set(frame.log, client.log(frame.log)?.events.at(-1)?.id ?? "");
        typingTimers.get(frame.log)?.cancel();
        // A page that dies while its visitor types says nothing more.
        if (frame.active)
          typingTimers.set(
            frame.log,
            options.clock.after(typingIdleMs, () => (typingOf(frame.log).value = null)),
          );
        return;
    }
  };

  /** An action that was refused is told once and leaves the outbox; texts stay where they can be tried again. */
  const takeRefusals = (address: string) => {
    for (const message of client.log(address)?.outbox ?? []) {
      const { kind } = message.body;
      if (message.state !== "failed") continue;
      if (kind !== "take" && kind !== "assign" && kind !== "close" && kind !== "reopen") continue;
      refusal.value = {
        conversation: conversationOf(address),
        action: kind,
        code: message.code ?? "internal",
        by: message.by ?? "",
      };
      client.discard(message.id);
    }
  };

  /** What was typed has been sent: the preview must not stand below its own message. */
  const endTyping = (address: string) => {
    const shown = typing.get(address);
    if (!shown?.peek()) return;
    const last = client.log(address)?.events.at(-1);
    if (last?.sender.id === shown.peek()?.sender.id && last?.id !== typingAfter.get(address)) shown.value = null;
  };

  const client: Client = createClient({
    ...options,
    remember: true,
    listener: {
      status: (next) =>
        batch(() => {
          if (next.roundTripMs >= 0 && next.roundTripMs !== status.peek().roundTripMs) {
            roundTrips.value = [...roundTrips.peek(), next.roundTripMs].slice(-roundTripsShown);
          }
          status.value = { ...next };
        }),
      ok: (frame) => {
        clock.correct(frame.now);
        ok.value = frame;
        watchAll();
        if (wantedAvailable !== null && frame.agent?.available !== wantedAvailable) sendAvailable(wantedAvailable);
      },
      changed: (address) => {
        takeRefusals(address);
        endTyping(address);
        const version = versionOf(address);
        version.value = version.peek() + 1;
      },
      frame: onFrame,
      rejected: options.rejected,
    },
  });

  const sendAvailable = (available: boolean) => client.send({ kind: "status", available });

  const dropConversation = (id: string) => {
    for (const address of [`${id}/public`, `${id}/staff`]) {
      client.close(address);
      logVersions.delete(address);
      typing.delete(address);
      typingAfter.delete(address);
      typingTimers.get(address)?.cancel();
      typingTimers.delete(address);
    }
  };

  return {
    status,
    roundTrips,
    lastFrameAt: () => client.status().lastFrameAt,
    ok,
    clock,
    visitors,
    inbox,
    team,
    refusal,
    log: (address) => {
      void versionOf(address).value;
      return client.log(address);
    },
    typing: (log) => typingOf(log).value,
    showConversation: (id) => {
      const place = held.indexOf(id);
      if (place >= 0) held.splice(place, 1);
      else for (const log of ["public", "staff"]) client.open(`${id}/${log}`);
      held.push(id);
      const oldest = held.length > maxHeldConversations ? held.shift() : undefined;
      if (oldest !== undefined) dropConversation(oldest);
    },
    publish: (address, body) => client.publish(address, body),
    discard: (message) => client.discard(message),
    older: (address, done) => client.older(address, olderPage, done),
    read: (address, seq) => client.receipt(address, seq, seq),
    tellTyping: (address, active) => client.typing(address, active),
    watchVisit: (visit) => {
      const name = `visit:${visit}`;
      const watched = entry(visits, name, () => ({ view: createLiveView<VisitRow>(), watchers: 0 }));
      watched.watchers++;
      if (watched.watchers === 1) client.send({ kind: "watch", view: name });
      return {
        view: watched.view,
        release: () => {
          watched.watchers--;
          if (watched.watchers > 0) return;
          visits.delete(name);
          client.send({ kind: "unwatch", view: name });
        },
      };
    },
    invite: (visit, text) => {
      const message = client.publish(`visit:${visit}`, { kind: "text", text });
      invitations.set(visit, { message, text, at: clock.now() });
      const version = versionOf(`visit:${visit}`);
      version.value = version.peek() + 1;
    },
    invitation: (visit) => {
      void versionOf(`visit:${visit}`).value;
      return invitations.get(visit);
    },
    invitationFailed: (visit) => {
      void versionOf(`visit:${visit}`).value;
      const failed = client.log(`visit:${visit}`)?.outbox.find((message) => message.state === "failed");
      return failed ? (failed.code ?? "internal") : null;
    },
    setAvailable: (available) => {
      wantedAvailable = available;
      sendAvailable(available);
    },
    start: () => client.start(),
    doubt: () => client.doubt(),
    wake: () => client.wake(),
    visibility: () => client.visibility(),
    stop: () => {
      client.stop();
      clock.stop();
    },
    shutdown: (maxMs, done) =>
      client.shutdown(maxMs, () => {
        clock.stop();
        done();
      }),
  };
}

function entry<V>(map: Map<string, V>, key: string, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

function conversationOf(address: string): string {
  return address.slice(0, Math.max(0, address.indexOf("/")));
}

/** Rows of a view, fresh whenever any of them changes. */
export function rowsOf<R extends VisitorRow | InboxRow | TeamRow | VisitRow>(view: LiveView<R>): ReadonlySignal<R[]> {
  return computed(() => {
    void view.structure.value;
    return view.all();
  });
}
