/** A carrier in the hand of a test: what it was sent can be read, and it can be made full. */

import type { ClientFrame } from "../../../protocol/client-frames.ts";
import { decodeServerMessage, encodeClientFrame } from "../../../protocol/codec.ts";
import type { ServerFrame } from "../../../protocol/frames.ts";
import type { CarrierEvents, CarrierSocket, SendResult } from "../core.ts";
import { until } from "./until.ts";

type Of<Kind extends ServerFrame["kind"]> = Extract<ServerFrame, { kind: Kind }>;

export class TestSocket implements CarrierSocket {
  readonly frames: ServerFrame[] = [];
  readonly texts: string[] = [];
  closedWith: { code: number; reason: string } | null = null;
  /** Everything is dropped until {@link drain}. */
  full = false;
  events: CarrierEvents | null = null;

  send(text: string): SendResult {
    if (this.closedWith || this.full) return "dropped";
    this.texts.push(text);
    this.frames.push(...decodeServerMessage(text, JSON));
    return "sent";
  }

  close(code: number, reason: string): void {
    if (this.closedWith) return;
    this.closedWith = { code, reason };
    this.events?.closed(code, reason);
  }

  terminate(): void {
    this.close(1006, "");
  }

  bufferedBytes(): number {
    return 0;
  }

  // ---------------------------------------------------------------- the peer's side

  say(...frames: ClientFrame[]): void {
    for (const frame of frames) this.events?.message(encodeClientFrame(frame, JSON));
  }

  sayText(text: string): void {
    this.events?.message(text);
  }

  /** The cable is cut. */
  cut(): void {
    if (this.closedWith) return;
    this.closedWith = { code: 1006, reason: "" };
    this.events?.closed(1006, "");
  }

  drain(): void {
    this.full = false;
    this.events?.drained();
  }

  of<Kind extends ServerFrame["kind"]>(kind: Kind): Of<Kind>[] {
    return this.frames.filter((frame): frame is Of<Kind> => frame.kind === kind);
  }

  last<Kind extends ServerFrame["kind"]>(kind: Kind): Of<Kind> | undefined {
    return this.of(kind).at(-1);
  }

  /** Waits until one has come for which `fits` holds. */
  async receives<Kind extends ServerFrame["kind"]>(
    kind: Kind,
    fits: (frame: Of<Kind>) => boolean = () => true,
  ): Promise<Of<Kind>> {
    return until(
      () => this.of(kind).find(fits),
      () => `a ${kind} frame; there were ${JSON.stringify(this.frames)}`,
    );
  }

  /** All events of a log, in the order in which they came. */
  eventsOf(log: string): Of<"events">["events"] {
    return this.of("events")
      .filter((frame) => frame.log === log && frame.request === undefined)
      .flatMap((frame) => frame.events);
  }
}
