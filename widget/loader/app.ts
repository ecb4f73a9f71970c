/** A visit: who comes, where they are, the launcher, what the page asks for. The chat is loaded when there is reason to. */
import type {
  Attributes,
  Identity,
  Invitation,
  Ok,
  ServerFrame,
  SiteState,
  VisitState,
} from "../../protocol/frames.ts";
import { maxAttributes, maxEventProperties, maxLocaleChars } from "../../protocol/limits.ts";
import { wholeText } from "../../protocol/whole-text.ts";
import { owns } from "../../protocol/wire-words.ts";
import { watchPageViews } from "../tracking/page-views.ts";
import { followLife, pageVisible } from "../tracking/visibility.ts";
import { websocketTransport } from "../transports/websocket.ts";
import type { Chat, Line, OpenChat, VisitHost } from "./chat-port.ts";
import { createChatScript } from "./chat-script.ts";
import { pageJson } from "./json.ts";
import { credentialOf, keepVisitor, readVisitor, type Who } from "./kept-visitor.ts";
import { createLauncher, type Launcher } from "./launcher.ts";
import { pageClock, pageRandom } from "./machine.ts";
import { createPageEvents } from "./page-events.ts";
import { copyAttributes, readIdentity } from "./plain-values.ts";
import type { ScriptTag } from "./script-tag.ts";
import { createVisitLink } from "./visit-link.ts";

/** Without an answer from the gateway for this long the launcher is drawn all the same: a message can be born offline. */
const unknownSiteMs = 4000;
const shutdownMs = 5000;
const watchdogMs = 1000;
const bodyPollMs = 30;
const maxWaitingEvents = 20;

const unknownSite: SiteState = {
  name: "",
  side: "right",
  previews: false,
  remembers: false,
  available: false,
  people: [],
};

export interface App {
  run(command: string, values: unknown[]): void;
}

/** `ended`: after `shutdown`; nothing of ours is left on the page. */
export function createApp(tag: ScriptTag, ended: () => void): App {
  const events = createPageEvents();
  const script = createChatScript(tag);
  const attributes: Attributes = {};
  const stored = readVisitor(tag.site);
  const who: Who = stored || { secret: pageRandom.id() };
  let load = pageRandom.id();
  let enteredAt = pageClock.monotonic();
  let identity: Identity | undefined;
  let site: SiteState | null = null;
  let invitation: Invitation | null = null;
  let ready = false;
  let hidden = false;
  let over = false;
  let chat: Chat | null = null;
  let launcher: Launcher | null = null;
  let launcherLook = "";
  let launcherVisible = true;
  let unread = 0;
  /** The page said something since the last hello, which the line took only if it was open. */
  let spoken = false;
  let waitingEvents: { name: string; properties: Attributes }[] = [];

  // ------------------------------------------------------------- what the gateway says

  function ok(frame: Ok): void {
    if (frame.site) learnSite(frame.site);
    if (spoken || views.page() !== views.real()) line.page(views.page());
    if (spoken) line.set(attributes);
    if (spoken && identity) line.send({ kind: "identify", identity });
    for (const { name, properties } of waitingEvents) line.send({ kind: "event", name, properties });
    waitingEvents = [];
    if (!ready) events.emit("ready", undefined);
    ready = true;
  }

  function receive(frame: ServerFrame): void {
    if (frame.kind === "site") learnSite(frame.site);
    else if (frame.kind === "error") events.emit("error", frame.code);
    else if (frame.kind === "invitation") learnInvitation(frame);
    else if (chat) chat.frame(frame);
    // Somebody whom the site knows may have conversations.
    else if (frame.kind === "identified" && frame.verified) loadChat();
  }

  function learnSite(learned: SiteState): void {
    const before = site;
    site = learned;
    draw();
    if (!before || before.available !== learned.available) events.emit("status", learned.available);
  }

  function learnInvitation(received: Invitation): void {
    if (received.state === "open") {
      invitation = received;
      line.send({ kind: "invitation-state", invitation: received.invitation, state: "delivered" });
      loadChat();
    } else if (invitation && invitation.invitation === received.invitation) invitation = null;
    draw();
  }

  function rejected(code: string): void {
    events.emit("error", code);
    if (!who.used) removeLauncher();
  }

  function visit(): { visit: VisitState; identity?: Identity | undefined } {
    spoken = false;
    const visit = {
      load,
      page: views.real(),
      pageAgeMs: Math.round(pageClock.monotonic() - enteredAt),
      attributes,
      locale: wholeText(window.navigator.language || tag.language, maxLocaleChars),
      timeZone: timeZone(),
      screen: `${window.screen.width}x${window.screen.height}`,
    };
    return { visit, identity };
  }

  // ------------------------------------------------------------- the line, and the chat that takes it over

  const link = createVisitLink({
    carrier: websocketTransport({ baseUrl: tag.baseUrl, json: pageJson, random: pageRandom }),
    clock: pageClock,
    random: pageRandom,
    json: pageJson,
    visible: pageVisible,
    credential: () => credentialOf(tag.site, who),
    visit,
    listener: {
      ok(frame) {
        if (frame.token) who.token = frame.token;
        if (stored || (frame.site && frame.site.remembers)) keepVisitor(tag.site, who);
        ok(frame);
      },
      frame: receive,
      rejected(code) {
        // The whole client knows what to do about tokens.
        if (who.token) loadChat();
        else rejected(code);
      },
    },
    blocked: loadChat,
  });
  let line: Line = link;

  const host: VisitHost = {
    tag,
    events,
    clock: pageClock,
    random: pageRandom,
    json: pageJson,
    who,
    kept: stored !== null,
    visit,
    site: () => site || unknownSite,
    invitation: () => invitation,
    endInvitation() {
      invitation = null;
    },
    hidden: () => hidden,
    takeLine(next) {
      if (line === link) link.drop();
      else line.stop();
      line = next;
      line.start();
    },
    ok,
    frame: receive,
    rejected,
    drawLauncher(visible, count) {
      launcherVisible = visible;
      unread = count;
      if (site) drawLauncher(site);
    },
    focusLauncher() {
      if (launcher) launcher.focus();
    },
  };

  function withChat(then: (chat: Chat | null) => void): void {
    script.load((openChat: OpenChat | null) => {
      if (over) return;
      if (openChat && !chat) chat = openChat(host);
      if (!openChat) events.emit("error", "panel");
      then(chat);
    });
  }

  function loadChat(): void {
    withChat(draw);
  }

  function setOpen(open: boolean): void {
    if (chat || open) withChat((loaded) => loaded && loaded.setOpen(open));
  }

  // ------------------------------------------------------------- what is drawn

  function draw(): void {
    if (!site || over) return;
    const { body } = document;
    if (!body) {
      // The script stands in the head.
      setTimeout(draw, bodyPollMs);
    } else if (body.tagName !== "FRAMESET") {
      drawLauncher(site);
      if (chat) chat.draw();
    }
  }

  function drawLauncher({ side, color }: SiteState): void {
    if (launcherLook !== side + color) removeLauncher();
    launcherLook = side + color;
    if (!launcher) {
      const { language, nonce } = tag;
      launcher = createLauncher({ language, nonce, side, color, pressed: () => setOpen(true) });
    }
    launcher.draw(launcherVisible && !hidden, unread + (invitation ? 1 : 0));
  }

  function removeLauncher(): void {
    if (launcher) launcher.surface.remove();
    launcher = null;
  }

  // ------------------------------------------------------------- what the page does

  const views = watchPageViews((page) => {
    enteredAt = pageClock.monotonic();
    spoken = true;
    line.page(page);
  });

  const stopFollowing = followLife({
    visibility: () => line.visibility(),
    wake: () => line.wake(),
    left: () => line.stop(),
    returned() {
      load = pageRandom.id();
      enteredAt = pageClock.monotonic();
      line.start();
    },
  });

  /** Routers that replace the body and `document.open` take our elements with them: they are made anew. */
  const watchdog = window.setInterval(() => {
    views.look();
    if (!launcher || launcher.surface.attached()) return;
    removeLauncher();
    if (chat) chat.redraw();
    draw();
  }, watchdogMs);

  setTimeout(() => {
    if (!site) learnSite(unknownSite);
  }, unknownSiteMs);

  if (stored && stored.used) loadChat();
  else line.start();

  // ------------------------------------------------------------- what the page asks for

  const commands: { [name: string]: (a: unknown, b: unknown) => void } = {
    identify(values) {
      const read = readIdentity(values);
      if (!read) return events.emit("error", "invalid");
      identity = read;
      spoken = true;
      line.send({ kind: "identify", identity });
    },
    set(values) {
      spoken = true;
      line.set(copy(values, {}, maxAttributes));
      copy(values, attributes, maxAttributes);
    },
    page: (page) => views.name((page || {}) as { url?: unknown; title?: unknown }),
    event(value, values) {
      const name = String(value);
      const properties = copy(values, {}, maxEventProperties);
      if (ready) line.send({ kind: "event", name, properties });
      else if (waitingEvents.length < maxWaitingEvents) waitingEvents.push({ name, properties });
    },
    open: () => setOpen(true),
    close: () => setOpen(false),
    show: () => setHidden(false),
    hide: () => setHidden(true),
    on: (name, callback) => events.on(String(name), callback),
    off: (name, callback) => events.off(String(name), callback),
    panel: (openChat) => script.arrived(openChat as OpenChat),
    shutdown,
  };

  function copy(values: unknown, target: Attributes, most: number): Attributes {
    if (!copyAttributes(values, target, most)) events.emit("error", "too-large");
    return target;
  }

  function setHidden(wanted: boolean): void {
    hidden = wanted;
    draw();
  }

  /** `done` gets the texts that could not be sent. */
  function shutdown(done: unknown): void {
    over = true;
    removeLauncher();
    window.clearInterval(watchdog);
    stopFollowing();
    views.stop();
    const finish = (unsent: string[]): void => {
      ended();
      if (typeof done === "function") done(unsent);
    };
    if (chat) return chat.shutdown(shutdownMs, finish);
    line.stop();
    keepVisitor(tag.site, null);
    finish([]);
  }

  return {
    run(command, values) {
      if (owns(commands, command) && !over) {
        (commands[command] as (a: unknown, b: unknown) => void)(values[0], values[1]);
      }
    },
  };
}

/** Not known to old browsers. */
function timeZone(): string {
  try {
    return Intl.DateTimeFormat().resolvedOptions().timeZone || "";
  } catch {
    return "";
  }
}
