/** A visitor of the soak: one page load that may lose its link, and what it has seen of its conversation. */
import { setTimeout } from "k6/timers";
import type { LogPosition, ServerFrame } from "../../protocol/frames.ts";
import { type FrameSocket, openFrameSocket } from "./socket.ts";
import { LoadVisitor, pageNumber } from "./visitor.ts";

export interface SoakCounts {
  asked(): void;
  /** An answer, for the first time. */
  shown(): void;
  /** What was shown before came again. */
  doubled(): void;
  refused(code: string): void;
  reconnected(): void;
  closedEarly(): void;
  finished(): void;
}

export class SoakVisitor {
  readonly #visitor = new LoadVisitor();
  readonly #run: string;
  readonly #questions: number;
  readonly #counts: SoakCounts;
  readonly #position: LogPosition = { address: "", epoch: "", seen: 0, delivered: 0, read: 0 };
  #browser = "";
  #thinkMs = 0;
  #socket: FrameSocket | undefined;
  #incarnation = 0;
  #answered = 0;
  /** Until the question that is on its way is answered. */
  #losesSoon = false;

  constructor(run: string, questions: number, counts: SoakCounts) {
    this.#run = run;
    this.#questions = questions;
    this.#counts = counts;
  }

  get done(): boolean {
    return this.#answered >= this.#questions && !this.#losesSoon;
  }

  comes(browser: string, thinkMs: number): void {
    this.#browser = browser;
    this.#thinkMs = thinkMs;
    this.#dial();
  }

  walks(page: number): void {
    this.#socket?.send({ kind: "page", page: pageNumber(page) });
  }

  /** At once, or with the answer that is waited for: nothing is on its way then. */
  losesLink(): void {
    if (this.#answered < this.#questions) this.#losesSoon = true;
    else this.#redial();
  }

  leaves(): void {
    this.#socket?.send({ kind: "bye" });
    this.#socket?.close();
    this.#counts.finished();
  }

  #redial(): void {
    this.#losesSoon = false;
    this.#socket?.close();
    this.#socket = undefined;
    this.#dial();
    this.#counts.reconnected();
  }

  #dial(): void {
    this.#incarnation += 1;
    const hello = this.#visitor.hello();
    const producers = hello.producers.map((offer) => ({ ...offer, incarnation: this.#incarnation }));
    const current = { address: "current", epoch: "", seen: 0, delivered: 0, read: 0 };
    const positions = this.#position.address === "" ? [] : [current, { ...this.#position }];
    openFrameSocket(this.#browser, {
      opened: (socket) => {
        this.#socket = socket;
        socket.send({ ...hello, producers, positions });
      },
      frame: (frame) => this.#hears(frame),
      closed: (expected) => {
        if (!expected) this.#counts.closedEarly();
      },
    });
  }

  #hears(frame: ServerFrame): void {
    if (frame.kind === "refuse" || frame.kind === "error") this.#counts.refused(frame.code);
    if (frame.kind === "ok") this.#ask();
    if (frame.kind === "ack") Object.assign(this.#position, { address: frame.log, epoch: frame.epoch });
    if (frame.kind !== "events") return;
    for (const event of frame.events) {
      if (event.seq <= this.#position.seen) {
        this.#counts.doubled();
        continue;
      }
      Object.assign(this.#position, { seen: event.seq, delivered: event.seq, read: event.seq });
      if (event.sender.side === "agent" && event.body.kind === "text") this.#isAnswered();
    }
    const { seen } = this.#position;
    this.#socket?.send({
      kind: "receipt",
      positions: [{ log: frame.log, epoch: frame.epoch, delivered: seen, read: seen }],
    });
  }

  #isAnswered(): void {
    this.#answered += 1;
    this.#counts.shown();
    if (this.#losesSoon) this.#redial();
    else setTimeout(() => this.#ask(), this.#thinkMs);
  }

  #ask(): void {
    if (this.#answered >= this.#questions || this.#visitor.ordinal > this.#answered) return;
    this.#socket?.send(this.#visitor.message(`q ${this.#run} ${this.#visitor.ordinal + 1} ${this.#visitor.secret}`));
    this.#counts.asked();
  }
}
