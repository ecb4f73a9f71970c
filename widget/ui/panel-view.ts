import type { Client, ClientStatus, LogView } from "../../protocol/client.ts";
import type { Sender } from "../../protocol/frames.ts";
import { maxTypingChars, typingIdleMs } from "../../protocol/limits.ts";
import { each } from "../../protocol/lists.ts";
import type { Timer } from "../../protocol/ports.ts";
import { thread } from "../chat/thread.ts";
import type { VisitHost } from "../loader/chat-port.ts";
import { listen } from "../loader/listen.ts";
import { fill } from "../texts/fill.ts";
import { panelLanguage, panelTexts as texts } from "../texts/panel-texts.ts";
import { pageVisible } from "../tracking/visibility.ts";
import { setAccent } from "./accent.ts";
import { createComposer } from "./composer.ts";
import { builder } from "./element.ts";
import { firstName } from "./first-name.ts";
import { createHead, type Person } from "./head.ts";
import { createMessageList } from "./message-list.ts";
import { createPanelFrame, isPhone } from "./panel-frame.ts";
import { panelCss } from "./panel-style.ts";
import { rowsOf } from "./rows.ts";
import { show } from "./show.ts";
import { createTroubleLine } from "./trouble-line.ts";

export interface PanelOptions {
  host: VisitHost;
  client(): Client;
  draft: string;
  /** Distance of the view from the newest message in pixels; 0: at the end. */
  scrollFromEnd: number;
  /** The chat was used, and the browser refuses to keep anything. */
  storageBlocked(): boolean;
  send(text: string): void;
  close(): void;
  keep(draft: string, scrollFromEnd: number): void;
}

/** The panel: head, log, what stands above the composer, composer. */
export interface Panel {
  /** Draws what has changed; the focus goes to the composer when it comes into sight. */
  draw(visible: boolean): void;
  status(status: ClientStatus): void;
  /** Who types; a message of an agent ends the sign of this one. */
  typing(sender: Sender, active: boolean): void;
  remove(): void;
}

/** So near to the end of the log, the view follows new messages. */
const nearPx = 60;
const olderEvents = 50;
const escapeKey = 27;

export function createPanel(options: PanelOptions): Panel {
  const { host, client } = options;
  const { surface, place, remove } = createPanelFrame(texts.messages, host.tag.nonce);
  const { document } = surface;
  const build = builder(document);
  let visible = false;
  let following = options.scrollFromEnd < nearPx;
  let loadingOlder = false;
  let agentTyping: Timer | null = null;
  let typist: string | undefined;

  const head = createHead({ build, document, baseUrl: host.tag.baseUrl, close: options.close });
  const list = createMessageList({
    build,
    document,
    tryAgain({ key, text }) {
      client().discard(key);
      options.send(text);
    },
    edit({ key, text }) {
      client().discard(key);
      composer.insert(text);
    },
    discard: ({ key }) => client().discard(key),
  });
  const log = build("div", "log", list.element);
  const typingName = document.createTextNode("");
  const dots = build("span", "", "•••");
  const typing = build("div", "typing", dots, build("span", "", typingName));
  const previews = build("p", "note", texts.previews);
  const notKept = build("p", "note", texts.notKept);
  const nobody = build("p", "note", texts.nobodyHereLine);
  const trouble = createTroubleLine({
    build,
    document,
    clock: host.clock,
    tryNow: () => client().wake(),
    moved: resized,
  });
  const composer = createComposer({
    build,
    document,
    draft: options.draft,
    send(text) {
      following = true;
      options.send(text);
    },
    typing(active, text) {
      options.keep(text, scrollFromEnd());
      client().typing(thread, active, host.site().previews ? text.slice(0, maxTypingChars) : undefined);
    },
  });
  const root = build(
    "div",
    "panel",
    head.element,
    log,
    typing,
    nobody,
    previews,
    notKept,
    trouble.element,
    composer.element,
  );

  root.setAttribute("role", "dialog");
  root.lang = panelLanguage;
  log.setAttribute("role", "log");
  log.setAttribute("aria-live", "polite");
  log.setAttribute("aria-label", texts.messages);
  log.tabIndex = 0;
  dots.setAttribute("aria-hidden", "true");
  show(typing, false);
  surface.style(panelCss);
  surface.root.appendChild(root);

  listen<KeyEvent>(root, "keydown", (event) => {
    if (event.keyCode === escapeKey && !event.isComposing) options.close();
  });
  listen(log, "scroll", scrolled);
  const stopFollowing = [listen(window, "resize", resized), listen(window.document, "visibilitychange", read)];

  // ------------------------------------------------------------- the log

  function logs(): LogView[] {
    const held = client().logs();
    const bare = held.length === 0 ? client().log(thread) : null;
    return bare ? [bare] : held;
  }

  function drawLog(): void {
    const rows = rowsOf({ logs: logs(), invitation: host.invitation(), texts, now: host.clock.now() });
    const fromEnd = scrollFromEnd();
    list.draw(rows);
    if (following) toEnd();
    else if (loadingOlder) log.scrollTop = log.scrollHeight - log.clientHeight - fromEnd;
  }

  function scrollFromEnd(): number {
    return visible ? Math.max(0, log.scrollHeight - log.clientHeight - log.scrollTop) : options.scrollFromEnd;
  }

  function toEnd(): void {
    following = true;
    log.scrollTop = log.scrollHeight;
    read();
  }

  function scrolled(): void {
    if (!visible) return;
    following = scrollFromEnd() < nearPx;
    options.keep(composer.text(), following ? 0 : scrollFromEnd());
    if (following) {
      read();
    }
    if (log.scrollTop < nearPx) loadOlder();
  }

  function loadOlder(): void {
    const first = logs()[0];
    if (loadingOlder || !first || !first.log || first.from <= 1) return;
    loadingOlder = true;
    client().older(first.log, olderEvents, () => {
      drawLog();
      loadingOlder = false;
    });
  }

  /** What stands on a visible screen is read. */
  function read(): void {
    if (!visible || !following || !pageVisible()) return;
    each(logs(), ({ log, seen, own }) => {
      if (log && seen > own.read) client().receipt(log, seen, seen);
    });
  }

  function resized(): void {
    if (visible) drawPlace();
    if (visible && following) toEnd();
  }

  // ------------------------------------------------------------- the rest

  function drawPlace(): void {
    const phone = isPhone();
    root.className = phone ? "panel phone" : "panel";
    root.setAttribute("aria-modal", String(phone));
    place(visible ? host.site().side : null);
  }

  function lastAgent(): Person | null {
    const invitation = host.invitation();
    if (invitation) return invitation.agent;
    const held = logs();
    for (let i = held.length - 1; i >= 0; i--) {
      const { events } = held[i] as LogView;
      for (let j = events.length - 1; j >= 0; j--) {
        const { sender } = events[j] as LogView["events"][0];
        if (sender.side === "agent") return sender;
      }
    }
    return null;
  }

  function drawSite(): void {
    const site = host.site();
    const agent = lastAgent();
    const name = (agent && agent.name) || site.name;
    head.draw(site, agent);
    // Frames have one; elsewhere it would be shown to the mouse.
    if (surface.element.title) surface.element.title = site.name || texts.messages;
    root.setAttribute("aria-label", name ? fill(texts.chat, { name }) : texts.messages);
    show(previews, site.previews);
    show(notKept, options.storageBlocked());
    show(nobody, !site.available && site.name !== "");
  }

  function showTyping(name: string): void {
    if (agentTyping) agentTyping.cancel();
    agentTyping = null;
    typingName.data = name ? fill(texts.writing, { name: firstName(name) }) : "";
    show(typing, name !== "");
    if (name) agentTyping = host.clock.after(2 * typingIdleMs, () => showTyping(""));
    if (following) toEnd();
  }

  return {
    draw(wanted) {
      const appears = wanted && !visible;
      visible = wanted;
      drawPlace();
      if (!visible) return;
      setAccent(surface.root, host.site().color);
      drawSite();
      drawLog();
      if (!appears) return;
      if (options.scrollFromEnd >= nearPx && !following) {
        log.scrollTop = log.scrollHeight - log.clientHeight - options.scrollFromEnd;
      }
      composer.focus();
    },
    status(present) {
      trouble.status(present);
      // Who types behind a broken line, nobody knows.
      if (agentTyping && present.phase !== "online") showTyping("");
    },
    typing({ side, id, name }, active) {
      if (side !== "agent" || (!active && id !== typist)) return;
      typist = id;
      showTyping(active ? name || host.site().name : "");
    },
    remove() {
      trouble.stop();
      showTyping("");
      each(stopFollowing, (stop) => stop());
      remove();
    },
  };
}
