/** What each frame of a client looks like: fields, types, limits. The gateway's half of the codec; the widget does not carry it. */

import type { ClientFrame, Hello, Publish, Typing } from "./client-frames.ts";
import type {
  Credential,
  Identity,
  LogPosition,
  OutgoingRange,
  Page,
  ProducerOffer,
  PublishBody,
  VisitState,
} from "./frames.ts";
import {
  maxAddressesPerProducer,
  maxAttributes,
  maxEmailChars,
  maxEventNameChars,
  maxEventProperties,
  maxExternalIdChars,
  maxLocaleChars,
  maxNameChars,
  maxPositionsPerReceipt,
  maxProducersPerConnection,
  maxScreenChars,
  maxSignatureChars,
  maxSiteKeyChars,
  maxSubscriptions,
  maxTextChars,
  maxTimeZoneChars,
  maxTitleChars,
  maxTokenChars,
  maxTypingChars,
  maxUrlChars,
} from "./limits.ts";
import {
  arrayOf,
  attributes,
  bool,
  epoch,
  id,
  integer,
  line,
  literal,
  logAddress,
  nullOr,
  object,
  oneOf,
  optional,
  publishAddress,
  type Reader,
  text,
  threadAddress,
  union,
  viewName,
} from "./shape.ts";

type Shapes = { readonly [K in ClientFrame["kind"]]: Reader<Extract<ClientFrame, { kind: K }>> };
type Of<T, K extends string> = Extract<T, { kind: K }>;

/** Built once by the gateway. */
export function clientFrameShapes(): Shapes {
  const page = object<Page>({ url: text(maxUrlChars), title: text(maxTitleChars), referrer: text(maxUrlChars) });
  const position = object<LogPosition>({
    address: threadAddress,
    epoch,
    seen: integer(),
    delivered: integer(),
    read: integer(),
  });
  const identity = object<Identity>({
    id: line(maxExternalIdChars, 1),
    name: optional(line(maxNameChars)),
    email: optional(line(maxEmailChars)),
    expires: optional(integer()),
    signature: optional(line(maxSignatureChars)),
  });
  const producer = object<ProducerOffer>({
    producer: id,
    incarnation: integer(1),
    nonce: id,
    outgoing: arrayOf(
      object<OutgoingRange>({ address: publishAddress, first: integer(1), last: integer(1) }),
      maxAddressesPerProducer,
    ),
  });
  const credential = union<Credential>("role", {
    visitor: object<Extract<Credential, { role: "visitor" }>>({
      role: literal("visitor"),
      site: line(maxSiteKeyChars, 1),
      secret: id,
      token: optional(line(maxTokenChars)),
    }),
    agent: object<Extract<Credential, { role: "agent" }>>({ role: literal("agent"), token: line(maxTokenChars, 1) }),
  });
  const visit = object<VisitState>({
    load: id,
    page,
    pageAgeMs: integer(),
    attributes: attributes(maxAttributes),
    locale: text(maxLocaleChars),
    timeZone: text(maxTimeZoneChars),
    screen: text(maxScreenChars),
  });
  const message = text(maxTextChars, 1);
  const body = union<PublishBody>("kind", {
    text: object<Of<PublishBody, "text">>({ kind: literal("text"), text: message }),
    note: object<Of<PublishBody, "note">>({ kind: literal("note"), text: message }),
    edit: object<Of<PublishBody, "edit">>({ kind: literal("edit"), target: integer(1), text: message }),
    delete: object<Of<PublishBody, "delete">>({ kind: literal("delete"), target: integer(1) }),
    take: object<Of<PublishBody, "take">>({ kind: literal("take") }),
    assign: object<Of<PublishBody, "assign">>({ kind: literal("assign"), agent: nullOr(id) }),
    close: object<Of<PublishBody, "close">>({ kind: literal("close") }),
    reopen: object<Of<PublishBody, "reopen">>({ kind: literal("reopen") }),
  });
  return {
    hello: object<Hello>({
      kind: literal("hello"),
      version: integer(),
      credential,
      carrier: oneOf("websocket", "sockjs-websocket", "xhr-streaming", "xhr-polling"),
      visible: bool,
      producers: arrayOf(producer, maxProducersPerConnection),
      positions: arrayOf(position, maxSubscriptions),
      visit: optional(visit),
      identity: optional(identity),
    }),
    publish: object<Publish>({
      kind: literal("publish"),
      producer: id,
      address: publishAddress,
      ordinal: integer(1),
      id,
      body,
      answers: optional(id),
      conversation: optional(id),
    }),
    subscribe: object({ kind: literal("subscribe"), position }),
    unsubscribe: object({ kind: literal("unsubscribe"), log: logAddress }),
    fetch: object({
      kind: literal("fetch"),
      request: integer(),
      log: logAddress,
      epoch,
      from: integer(1),
      to: integer(1),
    }),
    receipt: object({
      kind: literal("receipt"),
      positions: arrayOf(
        object({ log: logAddress, epoch, delivered: integer(), read: integer() }),
        maxPositionsPerReceipt,
      ),
    }),
    typing: object<Typing>({
      kind: literal("typing"),
      address: threadAddress,
      active: bool,
      text: optional(text(maxTypingChars)),
    }),
    page: object({ kind: literal("page"), page }),
    set: object({ kind: literal("set"), attributes: attributes(maxAttributes) }),
    event: object({
      kind: literal("event"),
      name: line(maxEventNameChars, 1),
      properties: attributes(maxEventProperties),
    }),
    identify: object({ kind: literal("identify"), identity }),
    "invitation-state": object({
      kind: literal("invitation-state"),
      invitation: id,
      state: oneOf("delivered", "seen", "dismissed"),
    }),
    watch: object({ kind: literal("watch"), view: viewName }),
    unwatch: object({ kind: literal("unwatch"), view: viewName }),
    status: object({ kind: literal("status"), available: bool }),
    heartbeat: object({ kind: literal("heartbeat"), nonce: integer(), visible: bool }),
    bye: object({ kind: literal("bye") }),
  };
}
