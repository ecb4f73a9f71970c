/** Generators of every frame, for property tests. */
import fc from "fast-check";
import type { ClientFrame } from "../client-frames.ts";
import type { Attributes, EventBody, LogEvent, PublishBody, Sender, ServerFrame } from "../frames.ts";
import { maxAttributeNameChars, maxInteger, maxLocaleChars, maxScreenChars, maxTimeZoneChars } from "../limits.ts";
import type { Row } from "../rows.ts";

const alphabet = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"];
export const someId = fc.string({ unit: fc.constantFrom(...alphabet), minLength: 22, maxLength: 22 });
const whole = fc.integer({ min: 0, max: maxInteger });
const positive = fc.integer({ min: 1, max: maxInteger });
const words = fc.string({ unit: "grapheme", maxLength: 12 });
/** A grapheme may be many characters. */
const wordsUpTo = (maxChars: number) => words.filter(({ length }) => length <= maxChars);
const someText = fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 });
const oneLine = fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 20 });
const log = fc.tuple(someId, fc.constantFrom("public", "staff")).map(([id, name]) => `${id}/${name}`);
const thread = fc.oneof(fc.constant("current"), log);
const address = fc.oneof(
  thread,
  someId.map((id) => `visit:${id}`),
);
const view = fc.oneof(
  fc.constantFrom("visitors", "inbox", "team"),
  someId.map((id) => `visit:${id}`),
);
const value = fc.oneof(
  words,
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0 || 0),
  fc.boolean(),
  fc.constant(null),
);
const names = fc.oneof(
  fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: maxAttributeNameChars }),
  fc.constantFrom("k", "kind", "constructor", "toString", "text", "x"),
);
const attributes: fc.Arbitrary<Attributes> = fc.dictionary(
  names.filter((name) => name !== "__proto__"),
  value,
  { maxKeys: 5, noNullPrototype: true },
);
const page = fc.record({ url: words, title: words, referrer: words });
const cursor = fc.record({ delivered: whole, read: whole });
const position = fc.record({ address: thread, epoch: words, seen: whole, delivered: whole, read: whole });
const identity = fc.record(
  { id: oneLine, name: oneLine, email: oneLine, expires: whole, signature: oneLine },
  { requiredKeys: ["id"] },
);
const sender: fc.Arbitrary<Sender> = fc.record(
  { side: fc.constantFrom("visitor", "agent", "system"), id: someId, name: words, face: words },
  { requiredKeys: ["side"] },
);
const kind = <K extends string>(name: K): { kind: fc.Arbitrary<K> } => ({ kind: fc.constant(name) });
const nullable = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.oneof(fc.constant(null), arbitrary);

const publishBody: fc.Arbitrary<PublishBody> = fc.oneof(
  fc.record({ ...kind("text"), text: someText }),
  fc.record({ ...kind("note"), text: someText }),
  fc.record({ ...kind("edit"), target: positive, text: someText }),
  fc.record({ ...kind("delete"), target: positive }),
  fc.record(kind("take")),
  fc.record({ ...kind("assign"), agent: nullable(someId) }),
  fc.record(kind("close")),
  fc.record(kind("reopen")),
);
const eventBody: fc.Arbitrary<EventBody> = fc.oneof(
  fc.record({ ...kind("text"), text: words }),
  fc.record({ ...kind("note"), text: words }),
  fc.record({ ...kind("edit"), target: positive, text: words }),
  fc.record({ ...kind("delete"), target: positive }),
  fc.record(kind("joined")),
  fc.record(
    { ...kind("assigned"), agent: nullable(someId), agentName: words, previous: nullable(someId), previousName: words },
    { requiredKeys: ["kind", "agent", "previous"] },
  ),
);
const event: fc.Arbitrary<LogEvent> = fc.record(
  {
    seq: positive,
    id: someId,
    producer: someId,
    ordinal: positive,
    at: whole,
    sender,
    body: eventBody,
    after: whole,
    editedAt: whole,
    deletedAt: whole,
    visitorCount: whole,
    agentCount: whole,
  },
  { requiredKeys: ["seq", "id", "producer", "ordinal", "at", "sender", "body", "visitorCount", "agentCount"] },
);
const site = fc.record(
  {
    name: words,
    color: words,
    side: fc.constantFrom("left" as const, "right" as const),
    previews: fc.boolean(),
    remembers: fc.boolean(),
    available: fc.boolean(),
    people: fc.array(fc.record({ name: words, face: words }, { requiredKeys: ["name"] }), { maxLength: 3 }),
  },
  { requiredKeys: ["name", "side", "previews", "remembers", "available", "people"] },
);
const person = fc.record({ id: someId, name: words, face: words }, { requiredKeys: ["id", "name"] });
const conversation = fc.record(
  {
    id: someId,
    site: words,
    status: fc.constantFrom("invited" as const, "open" as const, "closed" as const),
    assignee: nullable(person),
    visitor: someId,
    visit: someId,
    createdAt: whole,
  },
  { requiredKeys: ["id", "site", "status", "createdAt"] },
);
const head = fc.record({ log, epoch: words, head: whole });
const row: fc.Arbitrary<Row> = fc.record({
  key: someId,
  type: fc.constant("agent" as const),
  name: words,
  email: words,
  role: fc.constantFrom("owner" as const, "viewer" as const),
  state: fc.constantFrom("away" as const, "offline" as const),
  conversations: whole,
});

const clientFrames: { [K in ClientFrame["kind"]]: fc.Arbitrary<Extract<ClientFrame, { kind: K }>> } = {
  hello: fc.record(
    {
      ...kind("hello"),
      version: fc.constant(1),
      credential: fc.oneof(
        fc.record(
          { role: fc.constant("visitor" as const), site: oneLine, secret: someId, token: oneLine },
          { requiredKeys: ["role", "site", "secret"] },
        ),
        fc.record({ role: fc.constant("agent" as const), token: oneLine }),
      ),
      carrier: fc.constantFrom("websocket", "sockjs-websocket", "xhr-streaming", "xhr-polling"),
      visible: fc.boolean(),
      producers: fc.array(
        fc.record({
          producer: someId,
          incarnation: positive,
          nonce: someId,
          outgoing: fc.array(fc.record({ address, first: positive, last: positive }), { maxLength: 3 }),
        }),
        { maxLength: 3 },
      ),
      positions: fc.array(position, { maxLength: 3 }),
      visit: fc.record({
        load: someId,
        page,
        pageAgeMs: whole,
        attributes,
        locale: wordsUpTo(maxLocaleChars),
        timeZone: wordsUpTo(maxTimeZoneChars),
        screen: wordsUpTo(maxScreenChars),
      }),
      identity,
    },
    { requiredKeys: ["kind", "version", "credential", "carrier", "visible", "producers", "positions"] },
  ),
  publish: fc.record(
    {
      ...kind("publish"),
      producer: someId,
      address,
      ordinal: positive,
      id: someId,
      body: publishBody,
      answers: someId,
      conversation: someId,
    },
    { requiredKeys: ["kind", "producer", "address", "ordinal", "id", "body"] },
  ),
  subscribe: fc.record({ ...kind("subscribe"), position }),
  unsubscribe: fc.record({ ...kind("unsubscribe"), log }),
  fetch: fc.record({ ...kind("fetch"), request: whole, log, epoch: words, from: positive, to: positive }),
  receipt: fc.record({
    ...kind("receipt"),
    positions: fc.array(fc.record({ log, epoch: words, delivered: whole, read: whole }), { maxLength: 3 }),
  }),
  typing: fc.record(
    { ...kind("typing"), address: thread, active: fc.boolean(), text: words },
    { requiredKeys: ["kind", "address", "active"] },
  ),
  page: fc.record({ ...kind("page"), page }),
  set: fc.record({ ...kind("set"), attributes }),
  event: fc.record({ ...kind("event"), name: oneLine, properties: attributes }),
  identify: fc.record({ ...kind("identify"), identity }),
  "invitation-state": fc.record({
    ...kind("invitation-state"),
    invitation: someId,
    state: fc.constantFrom("delivered" as const, "seen" as const, "dismissed" as const),
  }),
  watch: fc.record({ ...kind("watch"), view }),
  unwatch: fc.record({ ...kind("unwatch"), view }),
  status: fc.record({ ...kind("status"), available: fc.boolean() }),
  heartbeat: fc.record({ ...kind("heartbeat"), nonce: whole, visible: fc.boolean() }),
  bye: fc.record(kind("bye")),
};

const serverFrames: { [K in ServerFrame["kind"]]: fc.Arbitrary<Extract<ServerFrame, { kind: K }>> } = {
  ok: fc.record(
    {
      ...kind("ok"),
      session: words,
      gateway: words,
      now: whole,
      heartbeatMs: whole,
      token: words,
      principal: words,
      site,
      agent: fc.record(
        {
          name: words,
          role: fc.constantFrom("owner" as const, "agent" as const),
          tenant: words,
          face: words,
          available: fc.boolean(),
        },
        { requiredKeys: ["name", "role", "tenant", "available"] },
      ),
      fenced: fc.array(someId, { maxLength: 2 }),
    },
    { requiredKeys: ["kind", "session", "gateway", "now", "heartbeatMs", "principal", "fenced"] },
  ),
  log: fc.record(
    {
      ...kind("log"),
      address: thread,
      log,
      epoch: words,
      head: whole,
      state: fc.constantFrom("replay" as const, "tail" as const, "reset" as const),
      reason: words,
      ordinals: fc.array(fc.record({ producer: someId, ordinal: whole }), { maxLength: 3 }),
      conversation,
      own: cursor,
      visitor: cursor,
      agents: cursor,
    },
    { requiredKeys: ["kind", "address", "head", "state", "ordinals", "own", "visitor", "agents"] },
  ),
  events: fc.record(
    { ...kind("events"), log, epoch: words, head: whole, events: fc.array(event, { maxLength: 3 }), request: whole },
    { requiredKeys: ["kind", "log", "epoch", "head", "events"] },
  ),
  ack: fc.record({
    ...kind("ack"),
    producer: someId,
    address,
    ordinal: positive,
    id: someId,
    log,
    epoch: words,
    seq: positive,
    at: whole,
  }),
  refuse: fc.record(
    {
      ...kind("refuse"),
      producer: someId,
      address,
      ordinal: positive,
      id: someId,
      code: words,
      expected: positive,
      retryAfterMs: whole,
      by: words,
      final: fc.boolean(),
    },
    { requiredKeys: ["kind", "producer", "address", "ordinal", "id", "code", "final"] },
  ),
  heads: fc.record({ ...kind("heads"), heads: fc.array(head, { maxLength: 3 }) }),
  positions: fc.record(
    { ...kind("positions"), log, epoch: words, own: cursor, visitor: cursor, agents: cursor },
    { requiredKeys: ["kind", "log", "epoch"] },
  ),
  reset: fc.record({ ...kind("reset"), log, epoch: words, head: whole, reason: words }),
  typing: fc.record(
    { ...kind("typing"), log, sender, active: fc.boolean(), text: words },
    { requiredKeys: ["kind", "log", "sender", "active"] },
  ),
  invitation: fc.record({
    ...kind("invitation"),
    invitation: someId,
    text: words,
    agent: sender,
    at: whole,
    state: fc.constantFrom("open" as const, "gone" as const),
  }),
  site: fc.record({ ...kind("site"), site }),
  identified: fc.record(
    {
      ...kind("identified"),
      verified: fc.boolean(),
      code: words,
      token: words,
      principal: words,
      startOver: fc.boolean(),
    },
    { requiredKeys: ["kind", "verified", "principal", "startOver"] },
  ),
  snapshot: fc.record(
    {
      ...kind("snapshot"),
      view,
      id: someId,
      number: whole,
      rows: fc.array(row, { maxLength: 3 }),
      last: fc.boolean(),
      pending: fc.boolean(),
    },
    { requiredKeys: ["kind", "view", "id", "number", "rows", "last"] },
  ),
  difference: fc.record({
    ...kind("difference"),
    view,
    id: someId,
    number: whole,
    upserts: fc.array(row, { maxLength: 3 }),
    removes: fc.array(words, { maxLength: 3 }),
  }),
  heartbeat: fc.record({ ...kind("heartbeat"), nonce: whole, now: whole, heads: fc.array(head, { maxLength: 3 }) }),
  go: fc.record({ ...kind("go"), withinMs: whole, reason: words }),
  fenced: fc.record({ ...kind("fenced"), producer: someId, incarnation: positive }),
  error: fc.record(
    { ...kind("error"), code: words, detail: words, about: words, retryAfterMs: whole, fatal: fc.boolean() },
    { requiredKeys: ["kind", "code", "detail", "fatal"] },
  ),
};

export const clientFrameKinds = Object.keys(clientFrames) as ClientFrame["kind"][];
export const serverFrameKinds = Object.keys(serverFrames) as ServerFrame["kind"][];
export function clientFrame(name: ClientFrame["kind"]): fc.Arbitrary<ClientFrame> {
  return clientFrames[name] as fc.Arbitrary<ClientFrame>;
}
export function serverFrame(name: ServerFrame["kind"]): fc.Arbitrary<ServerFrame> {
  return serverFrames[name] as fc.Arbitrary<ServerFrame>;
}
