/**
 * A small server that keeps the rules of SPEC.md in memory: what the tests of the client talk to. One database, any number of
 * gateways over it; hints between gateways may get lost, a sweeper finds what they missed. Not for production, not fast.
 */

import type { ClientFrame, Hello, Publish } from "../client-frames.ts";
import { type BadFrame, decodeClientMessage, encodeServerFrame } from "../codec.ts";
import type { EventBody, LogEvent, LogPosition, Sender, ServerFrame } from "../frames.ts";
import { heartbeatMs, initialEvents, maxEventsPerPage, sweepMs } from "../limits.ts";
import type { Clock, Json, RandomSource } from "../ports.ts";
import type { Conversation, Database, Gateway, Session } from "./model-database.ts";
import type { ServerEnd, ServerListener } from "./wire.ts";

export const json: Json = { parse: (text) => JSON.parse(text) as unknown, stringify: (value) => JSON.stringify(value) };

export function createGateway(database: Database, clock: Clock, random: RandomSource): Gateway {
  const gateway: Gateway = {
    sessions: [],
    refuse: () => null,
    loseHint: () => false,
    connect,
    kill() {
      for (const session of gateway.sessions) session.over = true;
      gateway.sessions = [];
    },
    go(withinMs) {
      for (const session of gateway.sessions) send(session, { kind: "go", withinMs, reason: "deploy" });
    },
  };
  database.gateways.push(gateway);
  const epoch = (): string => `g${database.state.generation}`;

  function send(session: Session, frame: ServerFrame): void {
    if (!session.over) session.end.send(encodeServerFrame(frame, json));
  }

  function connect(end: ServerEnd): ServerListener {
    const session: Session = { end, hello: null, who: "", logs: new Map(), current: false, over: false };
    gateway.sessions.push(session);
    const sweep = (): void => {
      if (session.over) return;
      for (const log of session.logs.keys()) push(session, log);
      clock.after(sweepMs, sweep);
    };
    clock.after(sweepMs, sweep);
    return {
      message(text) {
        for (const frame of decodeClientMessage(text, json)) if (!session.over) receive(session, frame);
      },
      closed() {
        session.over = true;
        gateway.sessions = gateway.sessions.filter((other) => other !== session);
      },
    };
  }

  // ------------------------------------------------------------ logs

  function eventsOf(log: string): LogEvent[] | undefined {
    const [id, name] = log.split("/");
    return database.state.conversations.find((one) => one.id === id)?.logs[name as "public" | "staff"];
  }

  function allowed(session: Session, log: string): boolean {
    if (session.hello?.credential.role === "agent") return eventsOf(log) !== undefined;
    return thread(session).some(({ id }) => `${id}/public` === log);
  }

  function thread(session: Session): Conversation[] {
    return database.state.conversations.filter(({ visitor }) => visitor === session.who);
  }

  function durable(session: Session, address: string): { producer: string; ordinal: number }[] {
    const producers = session.hello?.producers ?? [];
    return producers.map(({ producer }) => ({
      producer,
      ordinal: database.state.ordinals[`${producer} ${address}`]?.length ?? 0,
    }));
  }

  function open(session: Session, address: string, log: string | undefined, held: LogPosition | undefined): void {
    const frame: Extract<ServerFrame, { kind: "log" }> = {
      kind: "log",
      address,
      head: 0,
      state: "tail",
      ordinals: durable(session, address),
      own: { delivered: 0, read: 0 },
      visitor: { delivered: 0, read: 0 },
      agents: { delivered: 0, read: 0 },
    };
    if (!log) return send(session, frame);
    const events = eventsOf(log) as LogEvent[];
    const conversation = database.state.conversations.find(({ id }) => log.startsWith(id)) as Conversation;
    const { id, createdAt, visitor } = conversation;
    Object.assign(frame, { log, epoch: epoch(), head: events.length });
    frame.conversation = { id, site: "shop", status: "open", createdAt, visitor };
    frame.visitor = conversation.visitorAt;
    frame.agents = conversation.agentsAt;
    let at = Math.max(0, events.length - initialEvents);
    if (held?.epoch) {
      const known = held.epoch === epoch() && held.seen <= events.length;
      frame.state = known ? "replay" : "reset";
      if (known) at = held.seen;
    }
    send(session, frame);
    session.logs.set(log, { address, at });
    push(session, log);
  }

  /** What this session has not been sent yet. */
  function push(session: Session, log: string): void {
    const cursor = session.logs.get(log);
    const events = eventsOf(log);
    if (!cursor || !events) return;
    while (cursor.at < events.length) {
      const page = events.slice(cursor.at, cursor.at + maxEventsPerPage);
      cursor.at += page.length;
      send(session, { kind: "events", log, epoch: epoch(), head: events.length, events: page });
    }
  }

  function tell(log: string, visitor: string): void {
    for (const { sessions, loseHint } of database.gateways) {
      for (const session of sessions) {
        if (session.current && session.who === visitor && log.endsWith("/public") && !session.logs.has(log)) {
          open(session, "current", log, undefined);
        } else if (!loseHint()) push(session, log);
      }
    }
  }

  // ------------------------------------------------------------ frames

  function receive(session: Session, frame: ClientFrame | BadFrame): void {
    if (frame.kind === "bad") throw new Error(`the client sent nonsense: ${frame.about} ${frame.code} ${frame.detail}`);
    if (!session.hello !== (frame.kind === "hello")) return;
    switch (frame.kind) {
      case "hello":
        return greet(session, frame);
      case "publish":
        return publish(session, frame);
      case "subscribe":
        return subscribe(session, frame.position, [frame.position]);
      case "unsubscribe":
        session.logs.delete(frame.log);
        return;
      case "fetch": {
        const { log, request } = frame;
        const events = eventsOf(log);
        if (!events || !allowed(session, log)) return;
        const page = events.slice(frame.from - 1, Math.min(frame.to, frame.from - 1 + maxEventsPerPage));
        return send(session, { kind: "events", log, epoch: epoch(), head: events.length, events: page, request });
      }
      case "receipt":
        return receipt(session, frame.positions);
      case "heartbeat": {
        const heads = [...session.logs.keys()].map((log) => ({
          log,
          epoch: epoch(),
          head: eventsOf(log)?.length ?? 0,
        }));
        return send(session, { kind: "heartbeat", nonce: frame.nonce, now: clock.now(), heads });
      }
      case "bye":
        session.over = true;
        return;
      default:
        return;
    }
  }

  function greet(session: Session, hello: Hello): void {
    session.hello = hello;
    session.who = hello.credential.role === "visitor" ? hello.credential.secret : hello.credential.token;
    const fenced: string[] = [];
    for (const { producer, incarnation, nonce } of hello.producers) {
      const before = database.fences.get(producer);
      if (before && before.incarnation >= incarnation) fenced.push(producer);
      else {
        database.fences.set(producer, { incarnation, nonce, session });
        if (before) send(before.session, { kind: "fenced", producer, incarnation });
      }
    }
    const now = clock.now();
    send(session, {
      kind: "ok",
      session: random.id(),
      gateway: "model",
      now,
      heartbeatMs,
      principal: session.who,
      fenced,
    });
    for (const position of hello.positions) subscribe(session, position, hello.positions);
    const named = hello.positions.map(({ address }) => address);
    for (const { outgoing } of hello.producers) {
      for (const { address } of outgoing) {
        if (named.includes(address)) continue;
        named.push(address);
        open(session, address, undefined, undefined);
      }
    }
  }

  function subscribe(session: Session, position: LogPosition, positions: LogPosition[]): void {
    const { address } = position;
    if (address !== "current") {
      // What a visitor holds is answered under `current`, unless it is gone.
      if (session.hello?.credential.role === "visitor" && allowed(session, address)) return;
      return open(session, address, allowed(session, address) ? address : undefined, position);
    }
    session.current = true;
    const conversations = thread(session);
    if (!conversations.length) return open(session, "current", undefined, undefined);
    for (const { id } of conversations) {
      const log = `${id}/public`;
      open(
        session,
        "current",
        log,
        positions.find((one) => one.address === log),
      );
    }
  }

  function receipt(
    session: Session,
    positions: { log: string; epoch: string; delivered: number; read: number }[],
  ): void {
    for (const { log, epoch: of, delivered, read } of positions) {
      const conversation = database.state.conversations.find(({ id }) => log.startsWith(id));
      if (!conversation || of !== epoch()) continue;
      const side = session.hello?.credential.role === "agent" ? "agents" : "visitor";
      const cursor = side === "agents" ? conversation.agentsAt : conversation.visitorAt;
      cursor.delivered = Math.max(cursor.delivered, delivered);
      cursor.read = Math.max(cursor.read, read);
      for (const { sessions } of database.gateways) {
        for (const other of sessions) {
          if (other.logs.has(log)) send(other, { kind: "positions", log, epoch: epoch(), [side]: cursor });
        }
      }
    }
  }

  function publish(session: Session, frame: Publish): void {
    const { producer, address, ordinal, id } = frame;
    const place = `${producer} ${address}`;
    const stored = database.state.ordinals[place] ?? [];
    const body = JSON.stringify(frame.body);
    const refuse = (code: string, final: boolean, more: { expected?: number; retryAfterMs?: number } = {}): void =>
      send(session, { kind: "refuse", producer, address, ordinal, id, code, final, ...more });
    const before = stored[ordinal - 1];
    if (before) {
      if (before.id !== id || before.body !== body) return refuse("mismatch", false);
      if ("refused" in before.result) return refuse(before.result.refused, true);
      return ack(session, frame, before.result);
    }
    const fence = database.fences.get(producer);
    if (fence && fence.session !== session) return refuse("fenced", false);
    if (ordinal !== stored.length + 1) return refuse("gap", false, { expected: stored.length + 1 });
    const refusal = gateway.refuse(frame);
    if (refusal && !refusal.final) return refuse(refusal.code, false, { retryAfterMs: refusal.retryAfterMs ?? 200 });
    database.state.ordinals[place] = stored;
    if (refusal) {
      stored.push({ id, body, result: { refused: refusal.code } });
      return refuse(refusal.code, true);
    }
    const known = database.state.ids[`${session.who} ${id}`];
    const result = known ?? append(session, frame);
    if (!result) {
      stored.push({ id, body, result: { refused: "not-found" } });
      return refuse("not-found", true);
    }
    stored.push({ id, body, result });
    database.state.ids[`${session.who} ${id}`] = result;
    ack(session, frame, result);
    if (!known) {
      const conversation = database.state.conversations.find((one) => result.log.startsWith(one.id)) as Conversation;
      if (address === "current") session.current = true;
      tell(result.log, conversation.visitor);
    }
  }

  function ack(session: Session, frame: Publish, result: { log: string; seq: number; at: number }): void {
    const { producer, address, ordinal, id } = frame;
    send(session, { kind: "ack", producer, address, ordinal, id, epoch: epoch(), ...result });
  }

  function append(session: Session, frame: Publish): { log: string; seq: number; at: number } | undefined {
    const agent = session.hello?.credential.role === "agent";
    const conversation = resolve(session, frame, agent);
    if (!conversation) return undefined;
    const name = frame.body.kind === "note" || frame.address.endsWith("/staff") ? "staff" : "public";
    const events = conversation.logs[name];
    const seq = events.length + 1;
    const at = clock.now();
    const sender: Sender = { side: agent ? "agent" : "visitor", id: session.who };
    const { producer, ordinal, id } = frame;
    const event: LogEvent = {
      seq,
      id,
      producer,
      ordinal,
      at,
      sender,
      body: frame.body as EventBody,
      visitorCount: 0,
      agentCount: 0,
    };
    if (name === "staff") event.after = conversation.logs.public.length;
    events.push(event);
    if (frame.body.kind === "edit" || frame.body.kind === "delete") {
      const target = events[frame.body.target - 1];
      if (target?.body.kind === "text") target.body.text = frame.body.kind === "edit" ? frame.body.text : "";
    }
    return { log: `${conversation.id}/${name}`, seq, at };
  }

  function resolve(session: Session, frame: Publish, agent: boolean): Conversation | undefined {
    const { conversations } = database.state;
    const named = conversations.find(({ id }) => id === (frame.conversation ?? frame.address.split("/")[0]));
    // Born again by an agent after a restore: it waits for its visitor.
    if (named && !named.visitor && !agent) named.visitor = session.who;
    const found = agent || frame.conversation ? named : thread(session).at(-1);
    if (found || (agent && !frame.conversation && !frame.address.startsWith("visit:"))) return found;
    const created: Conversation = {
      id: frame.conversation ?? random.id(),
      visitor: agent ? "" : session.who,
      createdAt: clock.now(),
      logs: { public: [], staff: [] },
      visitorAt: { delivered: 0, read: 0 },
      agentsAt: { delivered: 0, read: 0 },
    };
    conversations.push(created);
    return created;
  }

  return gateway;
}
