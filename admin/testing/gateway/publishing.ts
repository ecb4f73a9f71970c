import type { Publish } from "../../../protocol/client-frames.ts";
import type { EventBody, Sender } from "../../../protocol/frames.ts";
import { idOf } from "../id-of.ts";
import { epoch, type Logs } from "./logs.ts";
import type { Tell } from "./sockets.ts";

export interface Publishing {
  /** Everything that was accepted or refused, in order. */
  readonly published: Publish[];
  receive(frame: Publish, tell: Tell): void;
  /** The next one of this kind is refused for good. */
  refuseNext(kind: Publish["body"]["kind"], code: string, by?: string): void;
  /** Holds all back until it is called with false. */
  hold(held: boolean): void;
}

export function openPublishing(logs: Logs, own: Sender): Publishing {
  const published: Publish[] = [];
  const refusals: { kind: string; why: { code: string; by?: string } }[] = [];
  const waiting: { frame: Publish; tell: Tell }[] = [];
  let held = false;
  const answer = (frame: Publish, tell: Tell) => {
    published.push(frame);
    logs.remember(frame);
    const { producer, address, ordinal, id, body } = frame;
    const refusal = refusals.findIndex(({ kind }) => kind === body.kind);
    for (const { why } of refusal < 0 ? [] : refusals.splice(refusal, 1))
      return tell({ kind: "refuse", producer, address, ordinal, id, ...why, final: true });
    const log = address.startsWith("visit:") ? `${idOf(`invited-${address.slice(6, 12)}`)}/public` : address;
    const { seq, at } = logs.append(log, own, bodyOf(body), {
      id,
      producer,
      ordinal,
      ...(log.endsWith("/staff") ? { after: logs.of(log.replace("/staff", "/public")).events.length } : {}),
    });
    tell({ kind: "ack", producer, address, ordinal, id, log, epoch, seq, at });
  };
  return {
    published,
    receive: (frame, tell) => {
      if (held) waiting.push({ frame, tell });
      else answer(frame, tell);
    },
    refuseNext: (kind, code, by) => void refusals.push({ kind, why: by === undefined ? { code } : { code, by } }),
    hold: (wanted) => {
      held = wanted;
      if (!held) for (const { frame, tell } of waiting.splice(0)) answer(frame, tell);
    },
  };
}

/** What an accepted publish writes. */
function bodyOf(body: Publish["body"]): EventBody {
  switch (body.kind) {
    case "take":
      return { kind: "joined" };
    case "close":
      return { kind: "closed" };
    case "reopen":
      return { kind: "reopened" };
    case "assign":
      return { kind: "assigned", agent: body.agent, previous: null };
    default:
      return body;
  }
}
