import type { ClientStatus } from "../../protocol/client.ts";
import type { Clock, Timer } from "../../protocol/ports.ts";
import { fill } from "../texts/fill.ts";
import { panelTexts as texts } from "../texts/panel-texts.ts";
import { type Build, button } from "./element.ts";
import { show } from "./show.ts";

export interface TroubleLineOptions {
  build: Build;
  document: Document;
  clock: Clock;
  tryNow(): void;
  /** It takes another part of the panel's height than before. */
  moved(): void;
}

/**
 * Tells of a broken line, what is safe and when the next try comes. Short breaks heal before anybody needs to know; where the device itself
 * says that it is offline, it is told at once.
 */
export interface TroubleLine {
  readonly element: HTMLElement;
  status(status: ClientStatus): void;
  stop(): void;
}

const patienceMs = 3000;
const tickMs = 500;

export function createTroubleLine({ build, document, clock, tryNow, moved }: TroubleLineOptions): TroubleLine {
  const words = document.createTextNode("");
  const rest = build("span", "", words);
  const element = build(
    "div",
    "trouble",
    build("div", "", build("b", "", texts.noConnection), rest),
    button(build, "", "", tryNow, texts.tryNow),
  );
  let current: ClientStatus | null = null;
  let timer: Timer | null = null;

  // Says once that the line is broken; the seconds are for the eye.
  element.setAttribute("role", "status");
  rest.setAttribute("aria-hidden", "true");
  show(element, false);

  function draw(): void {
    if (timer) timer.cancel();
    timer = null;
    const troubled = current !== null && current.phase !== "online" && current.troubleSince >= 0;
    const shown =
      troubled &&
      current !== null &&
      (window.navigator.onLine === false || clock.monotonic() - current.troubleSince >= patienceMs);
    show(element, shown);
    if (current && shown) words.data = ` ${unsentWords(current)} ${nextWords(current)}`;
    moved();
    if (troubled) timer = clock.after(tickMs, draw);
  }

  function unsentWords({ unsent, durability }: ClientStatus): string {
    // Where nothing is kept, another line says so.
    if (unsent === 0 || durability !== "disk") return "";
    return unsent === 1 ? texts.oneSafe : fill(texts.manySafe, { n: unsent });
  }

  function nextWords({ nextTryAt }: ClientStatus): string {
    return fill(texts.nextTry, { n: Math.max(1, Math.ceil((nextTryAt - clock.monotonic()) / 1000)) });
  }

  return {
    element,
    status(status) {
      current = status;
      draw();
    },
    stop() {
      current = null;
      draw();
    },
  };
}
