/**
 * What stands between `beckon.js`, which every page view pays, and the script that comes when somebody chats (`panel.js`): the
 * conversation, the panel, the invitation, the carriers below WebSocket. Its address is immutable and stands in `beckon.js`, so both are
 * always of one build.
 */
import type { Client } from "../../protocol/client.ts";
import type { Identity, Invitation, Ok, ServerFrame, SiteState, VisitState } from "../../protocol/frames.ts";
import type { Clock, Json, RandomSource } from "../../protocol/ports.ts";
import type { Who } from "./kept-visitor.ts";
import type { PageEvents } from "./page-events.ts";
import type { ScriptTag } from "./script-tag.ts";

/** What the script hands to `Beckon("panel", …)`. */
export type OpenChat = (host: VisitHost) => Chat;

/** How the page speaks to the gateway: the link of a visit that has no conversation, or the client of one that has. */
export type Line = Pick<Client, "start" | "stop" | "send" | "page" | "set" | "wake" | "visibility">;
export interface LineListener {
  ok(frame: Ok): void;
  frame(frame: ServerFrame): void;
  /** Dialling has stopped. */
  rejected(code: string): void;
}

/** What the visit gives to the chat. */
export interface VisitHost extends LineListener {
  readonly tag: ScriptTag;
  readonly events: PageEvents;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly json: Json;
  /** The visitor as this page knows them so far. */
  readonly who: Who;
  /** They came from the device. */
  readonly kept: boolean;
  visit(): { visit: VisitState; identity?: Identity | undefined };
  site(): SiteState;
  /** The open invitation. */
  invitation(): Invitation | null;
  endInvitation(): void;
  /** By the site's `hide`. */
  hidden(): boolean;
  /** From now on the page speaks by this line; the one before is closed first. Starts it. */
  takeLine(line: Line): void;
  drawLauncher(visible: boolean, unread: number): void;
  focusLauncher(): void;
}

export interface Chat {
  /** Something that {@link VisitHost} tells has changed. */
  draw(): void;
  frame(frame: ServerFrame): void;
  setOpen(open: boolean): void;
  /** All of our elements were thrown out of the page. */
  redraw(): void;
  /** Offers what is unsent for at most `maxMs`, then leaves nothing on device and page. `done` gets the texts that could not go. */
  shutdown(maxMs: number, done: (unsent: string[]) => void): void;
}
