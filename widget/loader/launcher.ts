import { enLauncher } from "../texts/en-launcher.ts";
import { fill } from "../texts/fill.ts";
import { languageOf } from "../texts/language.ts";
import { zhCnLauncher } from "../texts/zh-CN-launcher.ts";
import { accentFor } from "../ui/color.ts";
import { chatDrawing } from "../ui/drawings.ts";
import { builder, button } from "../ui/element.ts";
import { icon } from "../ui/icon.ts";
import { createSurface, type Surface } from "../ui/surface.ts";

export interface LauncherOptions {
  language: string;
  nonce: string;
  side: "left" | "right";
  color: string | undefined;
  pressed(): void;
}

/** The round button in the corner, with the number of unread messages. */
export interface Launcher {
  readonly surface: Surface;
  draw(visible: boolean, unread: number): void;
  focus(): void;
}

const css =
  "body,.body{margin:0;font:600 12px/16px system-ui,sans-serif}" +
  "button{position:absolute;left:8px;top:8px;width:56px;height:56px;border:0;border-radius:50%;padding:0;cursor:pointer;box-shadow:0 2px 8px rgba(16,32,38,.3)}" +
  "button:focus-visible{outline:2px solid #fff;outline-offset:-5px;box-shadow:0 0 0 3px #0a5f78}" +
  "svg{display:block;margin:auto}" +
  "b{position:absolute;right:2px;top:2px;box-sizing:border-box;min-width:24px;padding:2px 5px;border-radius:12px;border:2px solid;" +
  "background:#fff;text-align:center;pointer-events:none}" +
  "@media(forced-colors:active){button{border:2px solid}}";

export function createLauncher(options: LauncherOptions): Launcher {
  const texts = languageOf(options.language) === "zh-CN" ? zhCnLauncher : enLauncher;
  const surface = createSurface(texts.openChat, options.nonce);
  const build = builder(surface.document);
  const colors = accentFor(options.color, false);
  const count = surface.document.createTextNode("");
  const badge = build("b", "", count);
  const press = button(build, "", texts.openChat, options.pressed, "", icon(surface.document, chatDrawing, 28));
  surface.style(css);
  press.style.cssText = `background:${colors.fill};color:${colors.text}`;
  surface.root.appendChild(press);
  surface.root.appendChild(badge);

  return {
    surface,
    draw(visible, unread) {
      const words = unread === 1 ? texts.oneUnread : fill(texts.unread, { n: unread });
      count.data = unread > 9 ? "9+" : String(unread);
      badge.style.cssText = `color:${colors.fill};display:${unread ? "block" : "none"}`;
      press.setAttribute("aria-label", texts.openChat + (unread ? `, ${words}` : ""));
      surface.place(`${options.side}:12px;bottom:12px;width:72px;height:72px;${visible ? "" : "display:none;"}`);
    },
    focus: () => press.focus(),
  };
}
