import type { LogView, OutboxMessage } from "../../protocol/client.ts";
import type { Invitation, LogEvent } from "../../protocol/frames.ts";
import { fill } from "../texts/fill.ts";
import type { PanelTexts } from "../texts/texts.ts";
import { dayKey, dayName, timeOf } from "./day-and-time.ts";

/** What the list of messages is made of, oldest first. `key` is unique and stays with its message from the outbox to the log. */
export type Row = MessageRow | LineRow;
export interface LineRow {
  kind: "line";
  key: string;
  text: string;
}
export interface MessageRow {
  kind: "message";
  key: string;
  own: boolean;
  name: string;
  text: string;
  at: number;
  /** Same speaker as the row before. */
  follows: boolean;
  deleted: boolean;
  edited: boolean;
  state: OwnState;
  /** The last of its state: words stand below it. */
  tells: boolean;
  /** `failed`: why. */
  code: string;
}
/** Empty: not one's own. */
export type OwnState = "" | "waiting" | "stored" | "delivered" | "read" | "failed";

const pauseMs = 15 * 60000;
const groupMs = 5 * 60000;

export interface RowsOptions {
  logs: LogView[];
  invitation: Invitation | null;
  texts: PanelTexts;
  now: number;
}

export function rowsOf({ logs, invitation, texts, now }: RowsOptions): Row[] {
  const rows: Row[] = [];
  const known: { [key: string]: boolean } = {};
  const last: { [state: string]: MessageRow } = {};
  let previous: MessageRow | null = null;
  let day = "";
  let lastAt = 0;

  function separate(at: number, key: string): void {
    if (dayKey(at) !== day) line(`day-${key}`, dayName(at, now, texts));
    else if (at - lastAt >= pauseMs) line(`time-${key}`, timeOf(at));
    day = dayKey(at);
    lastAt = at;
  }
  function line(key: string, text: string): void {
    rows.push({ kind: "line", key, text });
    previous = null;
  }
  function message(row: MessageRow): void {
    if (known[`=${row.key}`]) return;
    known[`=${row.key}`] = true;
    separate(row.at, row.key);
    row.follows =
      previous !== null && previous.own === row.own && previous.name === row.name && row.at - previous.at < groupMs;
    previous = row;
    rows.push(row);
    if (row.state) last[row.state] = row;
  }

  for (const log of logs) {
    for (const event of log.events) {
      if (event.body.kind === "text") message(fromEvent(event, log));
      else {
        const words = lineOf(event, texts);
        if (words) {
          separate(event.at, event.id);
          line(event.id, words);
        }
      }
    }
  }
  if (invitation) message(fromInvitation(invitation));
  for (const log of logs)
    for (const waiting of log.outbox) if (waiting.body.kind === "text") message(fromOutbox(waiting));
  for (const state in last) {
    const row = last[state];
    if (row && row.kind === "message") row.tells = true;
  }
  return rows;
}

function fromEvent(event: LogEvent, { agents }: LogView): MessageRow {
  const own = event.sender.side === "visitor";
  const reached = agents.read >= event.seq ? "read" : agents.delivered >= event.seq ? "delivered" : "stored";
  return {
    ...blank,
    key: event.id,
    own,
    name: event.sender.name || "",
    text: event.body.kind === "text" ? event.body.text : "",
    at: event.at,
    deleted: Boolean(event.deletedAt),
    edited: Boolean(event.editedAt),
    state: own ? reached : "",
  };
}

function fromOutbox({ id, body, createdAt, state, code }: OutboxMessage): MessageRow {
  const text = body.kind === "text" ? body.text : "";
  return { ...blank, key: id, own: true, text, at: createdAt, state, code: code || "", tells: state === "failed" };
}

function fromInvitation({ invitation, agent, text, at }: Invitation): MessageRow {
  return { ...blank, key: invitation, name: agent.name || "", text, at };
}

const blank: MessageRow = {
  kind: "message",
  key: "",
  own: false,
  name: "",
  text: "",
  at: 0,
  follows: false,
  deleted: false,
  edited: false,
  state: "",
  tells: false,
  code: "",
};

function lineOf({ body, sender }: LogEvent, texts: PanelTexts): string {
  const lines: { [kind: string]: string } = {
    joined: texts.joined,
    left: texts.left,
    closed: texts.closed,
    reopened: texts.reopened,
  };
  const text = lines[body.kind];
  return text ? fill(text, { name: sender.name || "" }) : "";
}
