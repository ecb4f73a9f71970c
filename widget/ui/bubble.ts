import type { Invitation } from "../../protocol/frames.ts";
import type { VisitHost } from "../loader/chat-port.ts";
import { fill } from "../texts/fill.ts";
import { panelTexts as texts } from "../texts/panel-texts.ts";
import { setAccent } from "./accent.ts";
import { crossDrawing, sendDrawing } from "./drawings.ts";
import { builder, button } from "./element.ts";
import { face } from "./face.ts";
import { firstName } from "./first-name.ts";
import { floatingShadow } from "./floating.ts";
import { icon } from "./icon.ts";
import { panelCss } from "./panel-style.ts";
import { createSurface, type Surface } from "./surface.ts";

export interface BubbleOptions {
  host: VisitHost;
  invitation: Invitation;
  answer(): void;
  dismiss(): void;
}
export interface Bubble {
  readonly surface: Surface;
  /** Id of the invitation. */
  readonly invitation: string;
}

/** An invitation, beside the launcher. Its field is a button that opens the chat: one click answers. */
export function createBubble({ host, invitation, answer, dismiss }: BubbleOptions): Bubble {
  const site = host.site();
  const name = invitation.agent.name || site.name;
  const label = fill(texts.invitationFrom, { name });
  const surface = createSurface(label, host.tag.nonce);
  const build = builder(surface.document);
  const drawn = (drawing: typeof sendDrawing, sizePx: number) => icon(surface.document, drawing, sizePx);
  const text = build("p", "words", invitation.text);
  text.setAttribute("dir", "auto");
  const who = build("div", "who", build("h2", "", name), build("p", "", site.name));
  const card = build(
    "div",
    "card",
    build("div", "head", face(build, invitation.agent, host.tag.baseUrl), who),
    text,
    button(build, "answer", "", answer, fill(texts.answer, { name: firstName(name) }), drawn(sendDrawing, 20)),
    button(build, "icon", texts.dismiss, dismiss, "", drawn(crossDrawing, 18)),
  );
  card.setAttribute("role", "region");
  card.setAttribute("aria-label", label);
  card.setAttribute("aria-live", "polite");
  setAccent(surface.root, site.color);
  surface.style(panelCss);
  surface.root.appendChild(card);

  // Measured before it is seen: nothing on the page moves.
  const place = `${site.side}:20px;bottom:90px;width:312px;max-width:calc(100% - 40px);border-radius:12px;`;
  surface.place(`${place}height:400px;visibility:hidden;`);
  surface.place(`${place}height:${card.offsetHeight}px;${floatingShadow()}`);
  return { surface, invitation: invitation.invitation };
}
