import type { Invitation } from "../../protocol/frames.ts";
import type { VisitHost } from "../loader/chat-port.ts";
import { enLauncher } from "../texts/en-launcher.ts";
import { fill } from "../texts/fill.ts";
import { languageOf } from "../texts/language.ts";
import { zhCnLauncher } from "../texts/zh-CN-launcher.ts";
import { accentFor } from "./color.ts";
import { crossDrawing, sendDrawing } from "./drawings.ts";
import { builder, button } from "./element.ts";
import { face } from "./face.ts";
import { firstName } from "./first-name.ts";
import { floatingShadow, isDark } from "./floating.ts";
import { icon } from "./icon.ts";
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

const css =
  "body,.body{margin:0;font:15px/21px system-ui,sans-serif}" +
  ".card{display:block;position:relative;padding:14px;background:#fff;color:#182022}" +
  ".who{display:flex;align-items:center;min-height:44px;margin-bottom:8px}.words{margin:0 32px 0 11px;min-width:0}" +
  ".words b,.words span{display:block;font-weight:600}.words span{font:13px/20px system-ui,sans-serif;color:#566266}" +
  ".face{width:44px;height:44px;flex:none;border-radius:50%;background:#dcecf1;color:#0f262d;font-weight:600;text-align:center;line-height:44px;object-fit:cover}" +
  "p{margin:0 0 12px;white-space:pre-wrap;overflow-wrap:break-word;max-height:168px;overflow:auto}" +
  "button{font:inherit;color:inherit;background:none;border:0;cursor:pointer;padding:0}" +
  ".send{line-height:0}.close{position:absolute;top:4px;right:4px;width:36px;height:36px;color:#445053}.close svg{display:block;margin:auto}" +
  ".answer{display:flex;align-items:center;justify-content:space-between;width:100%;height:40px;padding:0 12px;border:1px solid #848f8d;border-radius:6px;color:#566266}" +
  "button:focus{outline:0}button:focus-visible{outline:2px solid #0a5f78;outline-offset:1px;border-radius:6px}" +
  "@media(prefers-color-scheme:dark){.card{background:#1a2123;color:#e4eaea}.words span,.answer,.close{color:#9aa7aa}.answer{border-color:#6d7b7f}" +
  "button:focus-visible{outline-color:#58b4ca}}";

/** An invitation, beside the launcher. Its field is a button that opens the chat: one click answers. */
export function createBubble({ host, invitation, answer, dismiss }: BubbleOptions): Bubble {
  const texts = languageOf(host.tag.language) === "zh-CN" ? zhCnLauncher : enLauncher;
  const site = host.site();
  const name = invitation.agent.name || site.name;
  const label = fill(texts.invitationFrom, { name });
  const surface = createSurface(label, host.tag.nonce);
  const build = builder(surface.document);
  const drawn = (drawing: typeof sendDrawing, sizePx: number) => icon(surface.document, drawing, sizePx);
  const send = build("span", "send", drawn(sendDrawing, 20));
  send.style.cssText = `color:${accentFor(site.color, isDark()).fill}`;
  const words = build("div", "words", build("b", "", name), build("span", "", site.name));
  const text = build("p", "", invitation.text);
  text.setAttribute("dir", "auto");
  const card = build(
    "div",
    "card",
    build("div", "who", face(build, invitation.agent, host.tag.baseUrl), words),
    text,
    button(build, "answer", "", answer, fill(texts.answer, { name: firstName(name) }), send),
    button(build, "close", texts.dismiss, dismiss, drawn(crossDrawing, 18)),
  );
  card.setAttribute("role", "region");
  card.setAttribute("aria-label", label);
  card.setAttribute("aria-live", "polite");
  surface.style(css);
  surface.root.appendChild(card);

  // Measured before it is seen: nothing on the page moves.
  const place = `${site.side}:20px;bottom:90px;width:312px;max-width:calc(100% - 40px);border-radius:12px;`;
  surface.place(`${place}height:400px;visibility:hidden;`);
  surface.place(`${place}height:${card.offsetHeight}px;${floatingShadow()}`);
  return { surface, invitation: invitation.invitation };
}
