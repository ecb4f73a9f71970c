import type { Local } from "./language.ts";

/** The four tones that a drawing paints a product with. */
export type Paint = { base: string; shade: string; deep: string; light: string };

type Colour = { name: Local; paint: Paint };

const colour = (en: string, zh: string, base: string, shade: string, deep: string, light: string): Colour => ({
  name: { en, zh },
  paint: { base, shade, deep, light },
});

export const palette = {
  orange: colour("Rust orange", "锈橙", "#d9622b", "#b95426", "#9a451f", "#f0b596"),
  teal: colour("Lake teal", "湖青", "#3f6f72", "#335d61", "#274a4f", "#9fc3c2"),
  mustard: colour("Mustard", "芥黄", "#caa22a", "#ae8a22", "#8e701a", "#ecd68f"),
  plum: colour("Plum", "梅紫", "#70507d", "#5d4169", "#4a3354", "#bda4c6"),
  moss: colour("Moss", "苔绿", "#71814f", "#5e6d41", "#4a5733", "#bcc8a0"),
  slate: colour("Slate", "石板灰", "#5c6b76", "#4b5963", "#3a464f", "#abb8c0"),
  night: colour("Night blue", "夜蓝", "#35496a", "#2a3b57", "#202e45", "#93a6c4"),
  red: colour("Rowan red", "花楸红", "#a93c34", "#8e312b", "#722622", "#dd9b93"),
  tan: colour("Tan leather", "棕革", "#a5723f", "#8a5e33", "#6d4a28", "#d9b58c"),
  steel: colour("Bare steel", "原钢", "#b6bfc3", "#98a3a8", "#78858b", "#e3e8ea"),
} satisfies Record<string, Colour>;

export type ColourName = keyof typeof palette;
export const colourNames = Object.keys(palette) as ColourName[];

/** Tones that follow the page's chosen colour; `colourRules` gives them their values. */
export const chosenPaint: Paint = {
  base: "var(--paint-base)",
  shade: "var(--paint-shade)",
  deep: "var(--paint-deep)",
  light: "var(--paint-light)",
};

/** One CSS class for each colour. */
export function colourRules(): string {
  return colourNames
    .map((name) => {
      const { base, shade, deep, light } = palette[name].paint;
      return `.paint-${name}{--paint-base:${base};--paint-shade:${shade};--paint-deep:${deep};--paint-light:${light}}\n`;
    })
    .join("");
}
