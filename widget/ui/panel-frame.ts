import { each } from "../../protocol/lists.ts";
import { listen } from "../loader/listen.ts";
import { floatingShadow, isDark } from "./floating.ts";
import { createSurface, type Surface } from "./surface.ts";

/** The place of the panel: 368 x 600 in the corner, or the whole screen of a phone, as high as its keyboard leaves it. */
export interface PanelFrame {
  readonly surface: Surface;
  /** Null: hidden. */
  place(side: "left" | "right" | null): void;
  remove(): void;
}

const phoneWidthPx = 480;
const heightPx = 600;
const gapPx = 20;

export function isPhone(): boolean {
  const { innerWidth } = window;
  return innerWidth !== undefined && innerWidth < phoneWidthPx;
}

export function createPanelFrame(title: string, nonce: string): PanelFrame {
  const surface = createSurface(title, nonce);
  let shown: "left" | "right" | null = null;

  function place(): void {
    if (shown === null) surface.place("display:none;");
    else surface.place(`background:${isDark() ? "#1a2123" : "#fff"};${isPhone() ? wholeScreen() : corner(shown)}`);
  }

  const undo = [listen(window, "resize", place)];
  const viewport = window.visualViewport;
  if (viewport) undo.push(listen(viewport, "resize", place), listen(viewport, "scroll", place));
  return {
    surface,
    place(side) {
      shown = side;
      place();
    },
    remove() {
      each(undo, (stop) => stop());
      surface.remove();
    },
  };
}

function corner(side: "left" | "right"): string {
  const height = Math.min(heightPx, (window.innerHeight || heightPx + 2 * gapPx) - 2 * gapPx);
  return `${side}:${gapPx}px;bottom:${gapPx}px;width:368px;height:${height}px;border-radius:12px;${floatingShadow()}`;
}

function wholeScreen(): string {
  const { innerHeight, visualViewport } = window;
  const { height, offsetTop } = visualViewport || { height: innerHeight, offsetTop: 0 };
  const inset = (side: string): string => ` env(safe-area-inset-${side})`;
  return `left:0;width:100%;top:${offsetTop}px;height:${height}px;padding:${inset("top")}${inset("right")}${inset("bottom")}${inset("left")};`;
}
