/** Every frame of a client and its handler. A frame without one does not compile; one without a permission test fails the suite. */
import type { ClientFrame } from "../../../protocol/client-frames.ts";
import type { Rooms } from "../rooms.ts";
import type { Session } from "../session.ts";
import { bye } from "./bye.ts";
import { event } from "./event.ts";
import { fetch } from "./fetch.ts";
import { heartbeat } from "./heartbeat.ts";
import { identify } from "./identify.ts";
import { invitationState } from "./invitation-state.ts";
import { page } from "./page.ts";
import { publish } from "./publish.ts";
import { receipt } from "./receipt.ts";
import { set } from "./set.ts";
import { status } from "./status.ts";
import { subscribe } from "./subscribe.ts";
import { typing } from "./typing.ts";
import { unsubscribe } from "./unsubscribe.ts";
import { unwatch } from "./unwatch.ts";
import { watch } from "./watch.ts";

/** The first frame has `hello.ts`, because there is no session yet. */
export type HandledKind = Exclude<ClientFrame["kind"], "hello">;

export interface FrameHandler<Frame> {
  /** Who may send it at all. */
  readonly side: "visitor" | "agent" | "both";
  readonly rate: "none" | "ephemeral" | "page";
  /** A promise holds back the later frames of this connection. */
  handle(rooms: Rooms, session: Session, frame: Frame): Promise<void> | void;
}

export const handlers: { readonly [Kind in HandledKind]: FrameHandler<Extract<ClientFrame, { kind: Kind }>> } = {
  publish,
  subscribe,
  unsubscribe,
  fetch,
  receipt,
  typing,
  page,
  set,
  event,
  identify,
  "invitation-state": invitationState,
  watch,
  unwatch,
  status,
  heartbeat,
  bye,
};
