import type { Page } from "../../protocol/frames.ts";
import { maxTitleChars, maxUrlChars } from "../../protocol/limits.ts";
import { wholeText } from "../../protocol/whole-text.ts";
import { owns } from "../../protocol/wire-words.ts";
import { listen } from "../loader/listen.ts";

export interface PageViews {
  /** Where the visitor is now. */
  page(): Page;
  /** The same as the browser alone tells it: what the next page has as its referrer. */
  real(): Page;
  /** A page that the site names itself, for apps and screens. Missing parts are taken from the browser. */
  name(page: { url?: unknown; title?: unknown }): void;
  /** Looks whether the page has changed by ways that tell nobody; to be called now and then. */
  look(): void;
  /** Puts the page's own history functions back. */
  stop(): void;
}

/** Routers change the address first and the title a moment later. */
const titleDelayMs = 200;

/** Watches for new pages, also within one load: history functions, `popstate`, `hashchange`. */
export function watchPageViews(entered: (page: Page) => void): PageViews {
  let address = location.href;
  let real = pageAt(address, document.title, document.referrer);
  let current = real;
  let timer = 0;

  function enter(page: Page): void {
    current = page;
    entered(page);
  }
  function look(): void {
    if (location.href === address) return;
    const referrer = address;
    address = location.href;
    clearTimeout(timer);
    timer = setTimeout(() => {
      real = pageAt(location.href, document.title, referrer);
      enter(real);
    }, titleDelayMs);
  }

  const undo = [
    wrapHistory("pushState", look),
    wrapHistory("replaceState", look),
    listen(window, "popstate", look),
    listen(window, "hashchange", look),
  ];
  return {
    page: () => current,
    real: () => real,
    look,
    name({ url, title }) {
      enter(pageAt(String(url || location.href), String(title || document.title), location.href));
    },
    stop() {
      clearTimeout(timer);
      for (const each of undo) each();
    },
  };
}

function pageAt(url: string, title: string, referrer: string): Page {
  return {
    url: wholeText(url, maxUrlChars),
    title: wholeText(title, maxTitleChars),
    referrer: wholeText(referrer, maxUrlChars),
  };
}

/** As a property of the page's `history` alone, never of the prototype; taken back only if nobody has put another over it. */
function wrapHistory(name: "pushState" | "replaceState", called: () => void): () => void {
  const history = window.history;
  const original = history[name];
  const own = owns(history, name);
  if (!original) return () => undefined;
  const wrapped = function (this: History, ...values: Parameters<HistoryChange>): void {
    original.apply(this, values);
    called();
  };
  try {
    history[name] = wrapped;
  } catch {
    // Frozen: the slow look sees it.
  }
  return () => {
    if (history[name] !== wrapped) return;
    if (own) history[name] = original;
    else delete history[name];
  };
}
