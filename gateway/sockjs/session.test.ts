import { beforeEach, expect, test } from "vitest";
import type { CarrierEvents } from "../core/core.ts";
import { Admission } from "./admission.ts";
import type { Receiver, Session } from "./session.ts";
import { SessionTable } from "./session-table.ts";
import { ManualClock } from "./testing/manual-clock.ts";

const heartbeatMs = 25_000;
const graceMs = 5_000;
const maxQueuedBytes = 1000;
const sweepMs = 1000;

class RecordedReceiver implements Receiver {
  readonly frames: string[] = [];
  ended = 0;
  #answers: ("ready" | "blocked" | "finished")[];

  /** What it answers to the first frames; to all later ones the last. */
  constructor(...answers: ("ready" | "blocked" | "finished")[]) {
    this.#answers = answers;
  }

  write(frame: string): "ready" | "blocked" | "finished" {
    this.frames.push(frame);
    const [answer = "ready"] = this.#answers;
    if (this.#answers.length > 1) this.#answers = this.#answers.slice(1);
    return answer;
  }

  end(): void {
    this.ended += 1;
  }
}

const poll = () => new RecordedReceiver("finished");
const stream = () => new RecordedReceiver("ready");
const deferred = () => new Promise((resolve) => setImmediate(resolve));

let clock: ManualClock;
let table: SessionTable;
let admission: Admission;
let heard: string[];

beforeEach(() => {
  clock = new ManualClock();
  admission = new Admission(3, 2);
  table = new SessionTable({ heartbeatMs, graceMs, maxQueuedBytes }, clock, admission);
  heard = [];
});

function listener(): CarrierEvents {
  const here = heard; // of this test, as sessions outlive theirs by a moment
  return {
    message: (text) => here.push(`message ${text}`),
    drained: () => here.push("drained"),
    closed: (code, reason) => here.push(`closed ${code} ${reason}`),
  };
}

function open(id = "s", first: Receiver = poll()): Session {
  const session = table.create(id, "10.0.0.1");
  if (session === null) throw new Error("no room");
  session.start(listener());
  session.attach(first);
  return session;
}

function attach(session: Session, receiver: RecordedReceiver): RecordedReceiver {
  session.attach(receiver);
  return receiver;
}

test("a poll takes one frame: open first, then everything that waits", () => {
  const first = poll();
  const session = open("s", first);
  expect(first.frames).toEqual(["o"]);
  expect([session.send("a"), session.send("b")]).toEqual(["sent", "sent"]);
  expect(attach(session, poll()).frames).toEqual(['a["a","b"]']);
});

test("what is sent in one go travels in one frame, never inside send", async () => {
  const session = open();
  const held = attach(session, poll());
  session.send("a");
  session.send("b");
  expect(held.frames).toEqual([]);
  await deferred();
  expect(held.frames).toEqual(['a["a","b"]']);
});

test("a held receiver hears a heartbeat every 25 s; a poll is then over, a stream goes on", () => {
  const session = open();
  const held = attach(session, poll());
  clock.pass(heartbeatMs + sweepMs);
  expect(held.frames).toEqual(["h"]);
  const streamed = attach(session, stream());
  clock.pass(3 * (heartbeatMs + sweepMs));
  expect(streamed.frames).toEqual(["h", "h", "h"]);
});

test("without a receiver a session ends after 5 s, not before, and is told once", async () => {
  open();
  clock.pass(graceMs - 1);
  expect(table.find("s")).toBeDefined();
  clock.pass(sweepMs + 1);
  expect(table.find("s")).toBeUndefined();
  await deferred();
  expect(heard).toEqual(["closed 1006 no receiver"]);
});

test("a receiver in time keeps it; the grace begins anew when it is over", () => {
  const session = open();
  for (let i = 0; i < 5; i++) {
    clock.pass(graceMs - sweepMs);
    attach(session, poll());
    session.send("x");
    attach(session, poll());
  }
  clock.pass(graceMs - sweepMs);
  expect(table.find("s")).toBe(session);
});

test("the timer runs only while there are sessions", async () => {
  expect(clock.timers).toBe(0);
  open();
  expect(clock.timers).toBe(1);
  clock.pass(graceMs + 2 * sweepMs);
  expect(clock.timers).toBe(0);
});

test("above a quarter of its limit a send is queued, at the limit dropped; drained follows when the queue has gone", () => {
  const session = open();
  const text = "x".repeat(200);
  expect([1, 2, 3, 4, 5, 6].map(() => session.send(text))).toEqual([
    "sent",
    "queued",
    "queued",
    "queued",
    "queued",
    "dropped",
  ]);
  expect(session.bufferedBytes()).toBe(1000);
  expect(heard).toEqual([]);
  expect(JSON.parse(attach(session, poll()).frames[0]?.slice(1) ?? "")).toHaveLength(5);
  expect(heard).toEqual(["drained"]);
  expect(session.bufferedBytes()).toBe(0);
  expect(session.send(text)).toBe("sent");
});

test("the limit counts bytes, not characters", () => {
  const session = open();
  for (let i = 0; i < 5; i++) session.send("漢".repeat(100));
  expect(session.bufferedBytes()).toBe(1200);
  expect(session.send("x")).toBe("dropped");
});

test("a stream that is read too slowly gets nothing more until it has drained, not even heartbeats", async () => {
  const slow = new RecordedReceiver("ready", "blocked", "ready");
  const session = open("s", slow);
  session.send("a");
  await deferred();
  expect(slow.frames).toEqual(["o", 'a["a"]']);
  expect(session.send("b")).toBe("queued");
  await deferred();
  clock.pass(2 * heartbeatMs);
  expect(slow.frames).toHaveLength(2);
  session.receiverDrained(slow);
  expect(slow.frames.slice(2)).toEqual(['a["b"]']);
  expect(heard).toEqual(["drained"]);
});

test("close delivers what was sent before, then its frame, again and again until it is forgotten", async () => {
  const session = open();
  session.send("last");
  session.close(3000, "Go away!");
  expect(heard).toEqual([]);
  expect(session.send("late")).toBe("dropped");
  await deferred();
  expect(heard).toEqual(["closed 3000 Go away!"]);
  expect(attach(session, poll()).frames).toEqual(['a["last"]']);
  for (let i = 0; i < 2; i++) {
    const receiver = attach(session, poll());
    expect(receiver.frames).toEqual(['c[3000,"Go away!"]']);
  }
  clock.pass(graceMs + sweepMs);
  expect(table.find("s")).toBeUndefined();
  expect(heard).toHaveLength(1);
});

test("close ends a held stream after its frame", async () => {
  const held = stream();
  const session = open("s", held);
  session.close(3000, "Go away!");
  session.close(3001, "again");
  await deferred();
  expect(held.frames).toEqual(["o", 'c[3000,"Go away!"]']);
  expect(held.ended).toBe(1);
});

test("polling for ever does not keep a closed session", async () => {
  const session = open();
  session.close(3000, "");
  for (let i = 0; i < 12; i++) {
    clock.pass(500);
    attach(session, poll());
  }
  clock.pass(sweepMs);
  expect(table.find("s")).toBeUndefined();
});

test("close before the first receiver: open is said all the same", async () => {
  const session = table.create("s", "10.0.0.1");
  session?.start(listener());
  session?.close(3000, "no");
  await deferred();
  const first = stream();
  session?.attach(first);
  expect(first.frames).toEqual(["o", 'c[3000,"no"]']);
  expect(heard).toEqual(["closed 3000 no"]);
});

test("an abandoned receiver ends the session; what waited is let go", async () => {
  const held = stream();
  const session = open("s", held);
  session.send("lost");
  session.receiverGone(poll()); // somebody else's
  expect(session.closed).toBe(false);
  session.receiverGone(held);
  await deferred();
  expect(heard).toEqual(["closed 1006 connection interrupted"]);
  expect(attach(session, poll()).frames).toEqual(['c[1002,"Connection interrupted"]']);
});

test("terminate forgets at once, answers who is held, and is told once, later", async () => {
  const held = poll();
  const session = open();
  attach(session, held);
  session.terminate();
  session.terminate();
  expect(heard).toEqual([]);
  expect(table.find("s")).toBeUndefined();
  expect(held.frames).toEqual(['c[1002,"Connection interrupted"]']);
  await deferred();
  expect(heard).toEqual(["closed 1006 "]);
});

test("messages stop where the application closes", () => {
  const session = table.create("s", "10.0.0.1");
  session?.start({ ...listener(), message: (text) => heard.push(text) === 2 && session.close(3000, "enough") });
  session?.attach(poll());
  session?.deliver(["a", "b", "c"]);
  expect(heard).toEqual(["a", "b"]);
});

test("too many sessions, in all or from one address, are refused, and places come back", async () => {
  open("1");
  open("2");
  expect(table.create("3", "10.0.0.1")).toBeNull();
  expect(table.create("3", "10.0.0.2")).not.toBeNull();
  expect(table.create("4", "10.0.0.3")).toBeNull();
  clock.pass(graceMs + sweepMs);
  expect(admission.count).toBe(0);
  expect(table.create("1", "10.0.0.1")).not.toBeNull();
});

test("session names that are parts of JavaScript are names", () => {
  for (const id of ["__proto__", "constructor"]) {
    expect(table.find(id)).toBeUndefined();
    const first = poll();
    open(id, first);
    expect(first.frames).toEqual(["o"]);
    table.find(id)?.terminate();
  }
});

test("closeAll closes everybody, held or not; stop leaves nothing behind", async () => {
  const [one, two] = [poll(), stream()];
  attach(open("1"), one);
  open("2", two);
  table.closeAll(3001, "leaving");
  expect([one.frames, two.frames]).toEqual([['c[3001,"leaving"]'], ["o", 'c[3001,"leaving"]']]);
  expect(heard).toEqual(["closed 3001 leaving", "closed 3001 leaving"]);
  table.stop();
  expect([admission.count, clock.timers]).toEqual([0, 0]);
});
