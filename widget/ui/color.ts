/** The product's own accent on light and dark grounds. */
export const ownAccent = { light: "#0a5f78", dark: "#58b4ca" };

const ink = "#04202a";
const paper = "#ffffff";
const darkGround = "#1a2123";
const lightGround = "#ffffff";
/** WCAG 1.4.11: parts of controls against their ground. */
const leastContrast = 3;

/** Colours of a site on one ground. */
export interface Accent {
  /** For buttons and marks; told apart from its ground, mixed with black or white if need be. */
  fill: string;
  /** Whichever reads better on it. */
  text: string;
}

/** `color`: `#rrggbb`; anything else is taken for the product's own. */
export function accentFor(color: string | undefined, dark: boolean): Accent {
  const wanted = color && /^#[0-9a-f]{6}$/i.test(color) ? color : dark ? ownAccent.dark : ownAccent.light;
  const ground = dark ? darkGround : lightGround;
  let fill = wanted;
  for (let share = 0.1; contrast(fill, ground) < leastContrast && share < 1; share += 0.1) {
    fill = mix(wanted, dark ? paper : "#000000", share);
  }
  return { fill, text: contrast(fill, paper) >= contrast(fill, ink) ? paper : ink };
}

function channel(color: string, index: number): number {
  return parseInt(color.slice(1 + 2 * index, 3 + 2 * index), 16);
}

function mix(color: string, other: string, share: number): string {
  let mixed = "#";
  for (let i = 0; i < 3; i++) {
    const value = Math.round(channel(color, i) * (1 - share) + channel(other, i) * share);
    mixed += (value + 256).toString(16).slice(1);
  }
  return mixed;
}

/** WCAG 2.1 contrast ratio, with one exponent for the whole curve. */
function contrast(a: string, b: string): number {
  const x = luminance(a) + 0.05;
  const y = luminance(b) + 0.05;
  return x > y ? x / y : y / x;
}

function luminance(color: string): number {
  const share = (index: number): number => (channel(color, index) / 255) ** 2.2;
  return 0.2126 * share(0) + 0.7152 * share(1) + 0.0722 * share(2);
}
