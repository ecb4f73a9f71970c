/** An agent who signs in, takes what is waiting and answers every question once. */
import http from "k6/http";
import type { Session, SocketToken } from "../../protocol/api.ts";
import type { Hello } from "../../protocol/client-frames.ts";
import type { LogEvent, PublishBody, ServerFrame } from "../../protocol/frames.ts";
import { protocolVersion } from "../../protocol/frames.ts";
import type { Row } from "../../protocol/rows.ts";
import { gatewayUrl, randomId } from "./machine.ts";
import type { FrameSocket } from "./socket.ts";

export interface Login {
  email: string;
  password: string;
}

/** Throws when the gateway does not let the agent in. */
export function buyToken(login: Login): string {
  const json = { headers: { "Content-Type": "application/json" } };
  const signedIn = http.post(`${gatewayUrl}/api/v1/session`, JSON.stringify(login), json);
  if (signedIn.status !== 200) throw new Error(`sign-in answered ${signedIn.status}`);
  const { csrf } = signedIn.json() as unknown as Session;
  const bought = http.post(`${gatewayUrl}/api/v1/socket-token`, "{}", {
    headers: { ...json.headers, "X-Beckon-CSRF": csrf },
  });
  if (bought.status !== 200) throw new Error(`the socket's token answered ${bought.status}`);
  return (bought.json() as unknown as SocketToken).token;
}

export class LoadAgent {
  readonly producer = randomId();
  readonly nonce = randomId();
  private readonly ordinals = new Map<string, number>();
  private readonly opened = new Set<string>();
  private readonly answered = new Set<string>();
  private readonly done = new Set<string>();
  private readonly run: string;
  private readonly mine: (conversation: string) => boolean;

  private readonly closesAfter: number;

  /**
   * `run`: questions of other runs are left alone. `mine`: which conversations this one of several agents answers. `closesAfter`: the
   * question with whose answer a conversation ends.
   */
  constructor(run: string, mine: (conversation: string) => boolean, closesAfter = Number.POSITIVE_INFINITY) {
    this.run = run;
    this.mine = mine;
    this.closesAfter = closesAfter;
  }

  /** Conversations of this run whose question number `messages` was answered, by whomever. */
  finished(): number {
    return this.done.size;
  }

  hello(token: string): Hello {
    return {
      kind: "hello",
      version: protocolVersion,
      credential: { role: "agent", token },
      carrier: "websocket",
      visible: true,
      producers: [{ producer: this.producer, incarnation: 1, nonce: this.nonce, outgoing: [] }],
      positions: [],
    };
  }

  /** `answer` is called for each answer that is sent. */
  hears(frame: ServerFrame, socket: FrameSocket, messages: number, answer: () => void): void {
    if (frame.kind === "ok") socket.send({ kind: "watch", view: "inbox" });
    if (frame.kind === "snapshot") this.look(frame.rows, socket, messages);
    if (frame.kind === "difference") this.look(frame.upserts, socket, messages);
    if (frame.kind === "events")
      for (const event of frame.events) this.reply(frame.log, frame.epoch, event, socket, answer);
  }

  private look(rows: readonly Row[], socket: FrameSocket, messages: number): void {
    for (const row of rows) {
      if (row.type !== "conversation") continue;
      if (row.preview.startsWith(`a ${this.run} ${messages} `)) this.done.add(row.key);
      if (!this.mine(row.key) || this.opened.has(row.key)) continue;
      this.opened.add(row.key);
      socket.send({
        kind: "subscribe",
        position: { address: `${row.key}/public`, epoch: "", seen: 0, delivered: 0, read: 0 },
      });
    }
  }

  private reply(log: string, epoch: string, event: LogEvent, socket: FrameSocket, answer: () => void): void {
    socket.send({ kind: "receipt", positions: [{ log, epoch, delivered: event.seq, read: event.seq }] });
    if (event.sender.side !== "visitor" || event.body.kind !== "text" || this.answered.has(event.id)) return;
    if (!event.body.text.startsWith(`q ${this.run} `)) return;
    this.answered.add(event.id);
    this.publish(log, { kind: "text", text: event.body.text.replace("q ", "a ") }, socket);
    answer();
    if (Number(event.body.text.split(" ")[2]) < this.closesAfter) return;
    this.publish(log, { kind: "close" }, socket);
    socket.send({ kind: "unsubscribe", log });
  }

  private publish(address: string, body: PublishBody, socket: FrameSocket): void {
    const ordinal = (this.ordinals.get(address) ?? 0) + 1;
    this.ordinals.set(address, ordinal);
    socket.send({ kind: "publish", producer: this.producer, address, ordinal, id: randomId(), body });
  }
}
