import type { Build } from "./element.ts";

/** An agent's picture, or the first letter of the name. Decoration: the name stands beside it. */
export function face(build: Build, person: { name?: string; face?: string }, baseUrl: string): HTMLElement {
  const letter = build("span", "face", (person.name || "?").slice(0, 1).toUpperCase());
  letter.setAttribute("aria-hidden", "true");
  if (!person.face) return letter;
  const image = build("img", "face");
  image.setAttribute("alt", "");
  image.onerror = () => {
    if (image.parentNode) image.parentNode.replaceChild(letter, image);
  };
  image.src = /^https?:/.test(person.face) ? person.face : baseUrl + person.face;
  return image;
}
