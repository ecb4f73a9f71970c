import type { LogView, OutboxMessage } from "../../protocol/client.ts";
import type { Invitation, LogEvent } from "../../protocol/frames.ts";
import { each } from "../../protocol/lists.ts";
import { fill } from "../texts/fill.ts";
import type { PanelTexts } from "../texts/texts.ts";
import { dayKey, dayName } from "./day-and-time.ts";

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
}
/** Empty: not one's own. */
export type OwnState = "" | "waiting" | "stored" | "delivered" | "read" | "failed";

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

  function separate(at: number, key: string): void {
    if (dayKey(at) !== day) line(`day-${key}`, dayName(at, now, texts));
    day = dayKey(at);
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

  each(logs, (log) =>
    each(log.events, (event) => {
      const words = texts.events[event.body.kind];
      if (event.body.kind === "text") message(fromEvent(event, log));
      else if (words) {
        separate(event.at, event.id);
        line(event.id, fill(words, { name: event.sender.name || "" }));
      }
    }),
  );
  if (invitation) {
    const { agent, at, text } = invitation;
    message(messageRow(invitation.invitation, false, agent.name, text, at, ""));
  }
  each(logs, ({ outbox }) =>
    each(outbox, ({ id, body, createdAt, state }) => {
      if (body.kind === "text") message(messageRow(id, true, "", body.text, createdAt, state));
    }),
  );
  for (const state in last) {
    const row = last[state];
    if (row && row.kind === "message") row.tells = true;
  }
  return rows;
}

function fromEvent({ seq, id, at, sender, body, deletedAt, editedAt }: LogEvent, { agents }: LogView): MessageRow {
  const own = sender.side === "visitor";
  const state = agents.read >= seq ? "read" : agents.delivered >= seq ? "delivered" : "stored";
  const row = messageRow(id, own, sender.name, textOf(body), at, own ? state : "");
  row.deleted = Boolean(deletedAt);
  row.edited = Boolean(editedAt);
  return row;
}

function messageRow(
  key: string,
  own: boolean,
  name: string | undefined,
  text: string,
  at: number,
  state: OwnState,
): MessageRow {
  return {
    kind: "message",
    // Ids are unique for each sender only.
    key: own ? key : `-${key}`,
    own,
    name: name || "",
    text,
    at,
    state,
    follows: false,
    tells: state === "failed",
    deleted: false,
    edited: false,
  };
}

function textOf(body: LogEvent["body"] | OutboxMessage["body"]): string {
  return body.kind === "text" ? body.text : "";
}
