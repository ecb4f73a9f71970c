import { accentFor } from "./color.ts";
import { isDark } from "./floating.ts";

/** Dresses `root` in the colours of a site (`#rrggbb`, absent: the product's own) for the reader's light or dark. */
export function setAccent({ style }: HTMLElement, color: string | undefined): void {
  if (!style.setProperty) return;
  const dark = isDark();
  const accent = accentFor(color, dark);
  const own = color || !dark ? accent : { fill: "#17596c", text: "#fff" };
  style.setProperty("--accent", accent.fill);
  style.setProperty("--accent-ink", accent.text);
  style.setProperty("--own", own.fill);
  style.setProperty("--own-text", own.text);
}
