import type { LogEvent, Ok, ServerFrame } from "../../protocol/frames.ts";
import { each } from "../../protocol/lists.ts";
import type { CarrierKind } from "../../protocol/ports.ts";
import type { Chat, VisitHost } from "../loader/chat-port.ts";
import { visitorItem } from "../loader/kept-visitor.ts";
import { listen } from "../loader/listen.ts";
import { pageVisible } from "../tracking/visibility.ts";
import { websocketTransport } from "../transports/websocket.ts";
import { xhrPollingTransport } from "../transports/xhr-polling.ts";
import { xhrStreamingTransport } from "../transports/xhr-streaming.ts";
import { type Bubble, createBubble } from "../ui/bubble.ts";
import { createPanel, type Panel } from "../ui/panel-view.ts";
import { openStore } from "./open-store.ts";
import { openTabMemory } from "./tab-memory.ts";
import { countUnread, tellMessages, thread } from "./thread.ts";
import { createVisitor } from "./visitor.ts";

/** The conversation: takes the line over from the visit, keeps what must be kept, draws panel and invitation. */
export function openChat(host: VisitHost): Chat {
  const { baseUrl, site } = host.tag;
  const store = openStore(host);
  const tab = openTabMemory(site, host.json);
  const tabState = tab.read();
  const transport = { baseUrl, json: host.json, random: host.random };
  const carriers: CarrierKind[] = [
    websocketTransport(transport),
    xhrStreamingTransport(transport),
    xhrPollingTransport(transport),
  ];
  /** Server time of the first `ok`, then of the newest message that the page was told of; 0 before. */
  let toldAt = 0;
  let unread = 0;
  let seenInvitation = "";
  let dismissedInvitation = "";
  let panel: Panel | null = null;
  let bubble: Bubble | null = null;
  let over = false;

  const visitor = createVisitor(
    {
      host,
      carriers,
      store,
      listener: {
        status(status) {
          if (panel) panel.status(status);
        },
        ok(frame: Ok) {
          toldAt = toldAt || frame.now;
          // What was told while the line was down is told again.
          seenInvitation = "";
          host.ok(frame);
        },
        changed,
        frame: host.frame,
        rejected: host.rejected,
        replaced() {
          tab.write(null);
          tabState.draft = "";
          host.endInvitation();
          changed();
        },
      },
    },
    host.kept,
  );

  const stopListening = [
    listen<StorageChange>(window, "storage", ({ key, newValue }) => {
      if (key === visitorItem(site)) visitor.storedElsewhere(newValue);
    }),
    listen(window, "offline", () => visitor.client().doubt()),
  ];

  function changed(): void {
    if (over) return;
    const client = visitor.client();
    const count = countUnread(client);
    if (count !== unread) {
      unread = count;
      host.events.emit("unread", unread);
    }
    if (toldAt) toldAt = tellMessages(client, toldAt, tellMessage);
    draw();
  }

  function tellMessage({ body, sender, at }: LogEvent): void {
    if (body.kind === "text" && sender.side !== "system") {
      host.events.emit("message", { text: body.text, from: sender.side, at });
      if (panel) panel.typing(sender, false);
    }
  }

  function draw(): void {
    if (over) return;
    const shown = tabState.open && !host.hidden();
    if (shown && !panel) panel = makePanel();
    if (panel) panel.draw(shown);
    drawBubble();
    host.drawLauncher(!shown, unread);
  }

  function drawBubble(): void {
    const invitation = host.invitation();
    if (invitation && invitation.invitation === dismissedInvitation) return endDismissed();
    const wanted = invitation && !tabState.open && !host.hidden() ? invitation : null;
    if (bubble && (!wanted || bubble.invitation !== wanted.invitation)) {
      bubble.surface.remove();
      bubble = null;
    }
    if (wanted && !bubble) {
      bubble = createBubble({ host, invitation: wanted, answer: () => setOpen(true), dismiss });
    }
    if (invitation && (wanted || tabState.open) && seenInvitation !== invitation.invitation && pageVisible()) {
      seenInvitation = invitation.invitation;
      tellInvitation("seen");
    }
  }

  function makePanel(): Panel {
    const made = createPanel({
      host,
      client: visitor.client,
      draft: tabState.draft,
      scrollFromEnd: tabState.scrollFromEnd,
      storageBlocked: () => visitor.used() && store.durability === "memory",
      send,
      close: () => setOpen(false),
      keep,
    });
    made.status(visitor.client().status());
    return made;
  }

  function send(text: string): void {
    const invitation = host.invitation();
    visitor.use();
    visitor.client().publish(thread, { kind: "text", text }, invitation ? invitation.invitation : undefined);
    host.endInvitation();
    keep("", 0);
    draw();
  }

  function dismiss(): void {
    const invitation = host.invitation();
    if (invitation) dismissedInvitation = invitation.invitation;
    visitor.use();
    draw();
    host.focusLauncher();
  }

  function endDismissed(): void {
    tellInvitation("dismissed");
    host.endInvitation();
    drawBubble();
  }

  function tellInvitation(state: "seen" | "dismissed"): void {
    const invitation = host.invitation();
    if (invitation) {
      visitor.client().send({ kind: "invitation-state", invitation: invitation.invitation, state });
    }
  }

  function setOpen(open: boolean): void {
    if (tabState.open === open) return;
    tabState.open = open;
    keep(tabState.draft, tabState.scrollFromEnd);
    draw();
    if (!open) host.focusLauncher();
    host.events.emit(open ? "open" : "close", undefined);
  }

  function keep(draft: string, scrollFromEnd: number): void {
    tabState.draft = draft;
    tabState.scrollFromEnd = scrollFromEnd;
    if (visitor.used()) tab.write(tabState);
  }

  function remove(): void {
    if (panel) panel.remove();
    if (bubble) bubble.surface.remove();
    panel = bubble = null;
  }

  visitor.start();
  return {
    draw,
    frame(frame: ServerFrame) {
      if (panel && frame.kind === "typing") panel.typing(frame.sender, frame.active);
    },
    setOpen,
    redraw: remove,
    shutdown(maxMs, done) {
      over = true;
      remove();
      each(stopListening, (stop) => stop());
      tab.write(null);
      visitor.forget(maxMs, done);
    },
  };
}
