/** One hostile connection from its first byte to its last: who they say to be, what they say, and in which order. */

import { agentHello, visitorHello } from "../../loadtest/harness/people.ts";
import type { Hello } from "../../protocol/client-frames.ts";
import { encodeClientFrame } from "../../protocol/codec.ts";
import type { ServerFrame } from "../../protocol/frames.ts";
import { maxFrameBytes, maxFramesPerMessage, maxReceivedBytes } from "../../protocol/limits.ts";
import type { SeededRandom } from "../../protocol/testing/seeded-random.ts";
import { type Aim, aimed, type FrameSource } from "./frame-source.ts";
import type { Knowledge } from "./knowledge.ts";
import { bytes, garbled, type Plain, spoiled, textOf, type WireFrame } from "./spoil.ts";
import { openPolling, openWebSocket, type Wire, type WireEvents } from "./wires.ts";
import type { Witness } from "./witness.ts";

/** Frames with more in them go alone, as they may end the connection. */
const heavyChars = 1500;
const heavyDepth = 6;
/** A gateway that does not answer within this time has met its end. */
const answerMs = 60_000;

export class Stranger {
  readonly #random: SeededRandom;
  readonly #knowledge: Knowledge;
  readonly #source: FrameSource;
  readonly #witness: Witness;
  readonly #who: string;
  readonly #role: "visitor" | "agent" | "viewer" | "nobody";
  readonly #aim: Aim & { logs: string[]; epochs: string[] };
  #wire: Wire | undefined;
  #over = false;
  #fence = 0;
  #passed: () => void = () => undefined;

  constructor(number: number, random: SeededRandom, knowledge: Knowledge, source: FrameSource, witness: Witness) {
    this.#random = random;
    this.#knowledge = knowledge;
    this.#source = source;
    this.#witness = witness;
    this.#role = random.pick(["visitor", "visitor", "visitor", "agent", "agent", "viewer", "nobody"]);
    this.#who = `${this.#role} ${number}`;
    this.#aim = {
      producer: random.id(),
      producers: knowledge.producers,
      logs: [...knowledge.logs],
      epochs: ["g1"],
      secret: knowledge.secret,
    };
  }

  /** Resolves when the connection is over. */
  async lives(): Promise<void> {
    const random = this.#random;
    const polls = random.chance(0.2);
    const credential = await this.#credential();
    const options = {
      url: this.#knowledge.url,
      localAddress: `127.1.${random.below(40)}.${1 + random.below(200)}`,
      headers: { "User-Agent": `Mozilla/5.0 (X11; Linux x86_64) Chrome/${100 + random.below(40)}.0.0.0 Safari/537.36` },
    };
    this.#witness.connections += 1;
    try {
      this.#wire = await (polls
        ? openPolling(options, random.id(), this.#events())
        : openWebSocket(options, this.#events()));
    } catch {
      return;
    }
    if (!random.chance(0.05)) await this.#says(this.#hello(credential, polls ? "xhr-polling" : "websocket"));
    const turns = random.chance(0.02) ? 60 : 1 + random.below(14);
    for (let turn = 0; turn < turns && !this.#over; turn += 1) await this.#says(this.#message());
    this.#wire.close();
  }

  #events(): WireEvents {
    return {
      heard: (text) => {
        for (const frame of this.#witness.told(text, this.#who, this.#role === "viewer")) this.#hears(frame);
      },
      closed: (code) => {
        this.#witness.ended(code, this.#who);
        this.#over = true;
        this.#passed();
      },
      answered: (status, body) => this.#witness.answered(status, body, this.#who),
    };
  }

  #hears(frame: ServerFrame): void {
    if (frame.kind === "ok" && frame.token !== undefined) this.#knowledge.stole(frame.token);
    if (frame.kind === "ack" || frame.kind === "log") this.#learns(frame.log, frame.epoch);
    if (frame.kind === "heartbeat" && frame.nonce === this.#fence) this.#passed();
    if (frame.kind === "error" && (frame.fatal || frame.about === "heartbeat")) this.#passed();
  }

  #learns(log: string | undefined, epoch: string | undefined): void {
    if (log !== undefined && !this.#aim.logs.includes(log)) this.#aim.logs.push(log);
    if (epoch !== undefined && !this.#aim.epochs.includes(epoch)) this.#aim.epochs.push(epoch);
  }

  /** Says it, asks for an echo, and waits until it comes or the connection is over: so all of it was looked at. */
  #says(message: string | Buffer): Promise<void> {
    if (this.#over) return Promise.resolve();
    this.#wire?.say(message);
    this.#fence += 1;
    this.#wire?.say(`{"k":"heartbeat","nc":${this.#fence},"vs":true}`);
    return new Promise((resolve) => {
      const tooLate = setTimeout(() => {
        this.#witness.fault(`${this.#who} was not answered for ${answerMs} ms`);
        this.#over = true;
        this.#passed();
      }, answerMs);
      this.#passed = () => {
        clearTimeout(tooLate);
        resolve();
      };
    });
  }

  async #credential(): Promise<Hello["credential"] | null> {
    const { random, token } = { random: this.#random, token: this.#knowledge.tokenFor(this.#random) };
    if (this.#role === "nobody") {
      const forged = random.pick([random.id(), token, token.slice(0, -1), flipped(random, token), "", "a.b.c"]);
      return random.chance(0.5) ? { role: "agent", token: forged } : null;
    }
    if (this.#role !== "visitor") return { role: "agent", token: await this.#knowledge.buyToken(this.#role, random) };
    const stolen = random.chance(0.3) ? { token: random.chance(0.5) ? token : flipped(random, token) } : {};
    return {
      role: "visitor",
      site: random.pick(this.#knowledge.sites),
      secret: random.pick(this.#knowledge.secrets),
      ...stolen,
    };
  }

  #hello(credential: Hello["credential"] | null, carrier: Hello["carrier"]): string {
    const random = this.#random;
    if (credential === null) return textOf(aimed(random, this.#source.of(random, "hello"), this.#aim));
    const hello =
      credential.role === "agent" ? agentHello(credential.token) : visitorHello("", random.below(1000), carrier);
    const positions = this.#aim.logs.map((address) => ({ address, epoch: "", seen: 0, delivered: 0, read: 0 }));
    const outgoing = random.chance(0.5) ? [{ address: "current", first: 1, last: 1 + random.below(9) }] : [];
    const offer = { producer: this.#aim.producer, incarnation: 1 + random.below(9), nonce: random.id(), outgoing };
    const foreign = { ...offer, producer: random.pick([...this.#aim.producers, offer.producer]), incarnation: 2 ** 52 };
    const producers = random.chance(0.2) ? [offer, foreign] : [offer];
    const whole: Hello = { ...hello, credential, carrier, producers, positions: random.chance(0.6) ? positions : [] };
    const text = encodeClientFrame(whole, JSON);
    return random.chance(0.15) ? spoiled(random, JSON.parse(text) as WireFrame) : text;
  }

  #message(): string | Buffer {
    const random = this.#random;
    const kind = random.fraction();
    if (kind < 0.01) return bytes(random);
    if (kind < 0.02) return garbled(random, textOf(this.#source.next(random, this.#aim)));
    if (kind < 0.025) return textOf(this.#source.of(random, random.pick(["hello", "bye"])));
    if (kind < 0.027) return "x".repeat(random.pick([maxFrameBytes, maxFrameBytes + 1, maxReceivedBytes + 1]));
    if (kind < 0.03) return `[${this.#frames(maxFramesPerMessage + 1).join()}]`;
    if (kind < 0.05) return spoiled(random, this.#source.next(random, this.#aim));
    return `[${this.#frames(1 + random.below(maxFramesPerMessage)).join()}]`;
  }

  #frames(count: number): string[] {
    return Array.from({ length: count }, () => {
      const frame = this.#source.next(this.#random, this.#aim);
      const text = this.#random.chance(0.6) ? spoiled(this.#random, frame) : textOf(frame);
      return isHeavy(text) ? textOf(frame as Plain) : text;
    });
  }
}

function isHeavy(text: string): boolean {
  if (text.length > heavyChars) return true;
  let depth = 0;
  for (const sign of text) {
    if (sign === "[" || sign === "{") depth += 1;
    else if (sign === "]" || sign === "}") depth -= 1;
    if (depth > heavyDepth) return true;
  }
  return false;
}

/** With one bit changed. */
function flipped(random: SeededRandom, token: string): string {
  const at = random.below(token.length);
  return token.slice(0, at) + String.fromCharCode(token.charCodeAt(at) ^ 1) + token.slice(at + 1);
}
