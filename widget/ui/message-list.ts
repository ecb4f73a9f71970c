import { panelTexts as texts } from "../texts/panel-texts.ts";
import { clear } from "./clear.ts";
import { timeOf } from "./day-and-time.ts";
import { clockDrawing, readDrawing, tickDrawing, ticksDrawing } from "./drawings.ts";
import { type Build, button } from "./element.ts";
import { type Drawing, icon } from "./icon.ts";
import { findLinks } from "./links.ts";
import type { MessageRow, Row } from "./rows.ts";

export interface MessageListOptions {
  build: Build;
  document: Document;
  tryAgain(row: MessageRow): void;
  edit(row: MessageRow): void;
  discard(row: MessageRow): void;
}

/** The rows as elements. What has not changed stays as it is, so that screen readers hear only what is new. */
export interface MessageList {
  readonly element: HTMLElement;
  draw(rows: Row[]): void;
}

interface Drawn {
  element: HTMLElement;
  /** All that the element shows, as text. */
  content: string;
  /** For messages: what may change without touching the words. */
  meta?: { element: HTMLElement; content: string };
}

export function createMessageList(options: MessageListOptions): MessageList {
  const { build, document } = options;
  const element = build("div", "rows");
  let drawn: { [key: string]: Drawn } = {};

  function drawRow(row: Row, before: Drawn | undefined): Drawn {
    if (row.kind === "line") {
      return before && before.content === row.text
        ? before
        : { element: build("div", "line", row.text), content: row.text };
    }
    const content = [row.text, row.deleted, row.name].join("\n");
    const made = before && before.content === content ? before : drawMessage(row, content);
    const names = [
      "message",
      row.own ? "own" : "them",
      row.follows ? "follows" : "",
      row.deleted ? "deleted" : "",
      row.state,
    ];
    setClass(made.element, names.join(" "));
    drawMeta(row, made);
    return made;
  }

  function drawMessage(row: MessageRow, content: string): Drawn {
    const bubble = build("div", "bubble", build("span", "spoken", `${row.own ? texts.you : row.name}: `));
    bubble.setAttribute("dir", "auto");
    bubble.title = timeOf(row.at);
    if (row.deleted) bubble.appendChild(document.createTextNode(texts.deleted));
    else
      for (const part of findLinks(row.text))
        bubble.appendChild(part.url ? link(part.url) : document.createTextNode(part.text));
    const meta = build("div", "meta");
    return { element: build("div", "", bubble, meta), content, meta: { element: meta, content: "-" } };
  }

  function link(url: string): Node {
    const made = build("a", "", url);
    made.href = url;
    made.target = "_blank";
    made.rel = "noopener noreferrer nofollow";
    return made;
  }

  function drawMeta(row: MessageRow, { meta }: Drawn): void {
    if (!meta) return;
    const content = [row.tells, row.tells ? row.state : "", row.edited].join();
    if (content === meta.content) return;
    meta.content = content;
    clear(meta.element);
    meta.element.style.display = row.tells || row.edited ? "" : "none";
    const parts: (Node | string)[] = row.state === "failed" ? failure(row) : row.tells ? progress(row) : [];
    if (row.edited && !row.deleted) parts.push(texts.edited);
    for (const part of parts) meta.element.appendChild(typeof part === "string" ? build("span", "", part) : part);
  }

  function progress({ state, at }: MessageRow): (Node | string)[] {
    const words = texts.states[state] || "";
    return [
      icon(document, stateDrawings[state] || clockDrawing, 14),
      `${state === "waiting" ? "" : `${timeOf(at)} · `}${words}`,
    ];
  }

  function failure(row: MessageRow): (Node | string)[] {
    return [
      texts.notSent,
      button(build, "", "", () => options.tryAgain(row), texts.tryAgain),
      button(build, "", "", () => options.edit(row), texts.edit),
      button(build, "", "", () => options.discard(row), texts.remove),
    ];
  }

  return {
    element,
    draw(rows) {
      const next: { [key: string]: Drawn } = {};
      let place: Node | null = element.firstChild;
      for (const row of rows) {
        const key = `=${row.key}`;
        const before = drawn[key];
        const made = drawRow(row, before);
        next[key] = made;
        if (before && before.element !== made.element) {
          if (place === before.element) place = place.nextSibling;
          element.removeChild(before.element);
        }
        if (place === made.element) place = place.nextSibling;
        else element.insertBefore(made.element, place);
      }
      for (const key in drawn) {
        const old = drawn[key];
        if (old && !next[key]) element.removeChild(old.element);
      }
      drawn = next;
    },
  };
}

const stateDrawings: { [state: string]: Drawing | undefined } = {
  stored: tickDrawing,
  delivered: ticksDrawing,
  read: readDrawing,
};

function setClass(element: HTMLElement, names: string): void {
  if (element.className !== names) element.className = names;
}
