const svg = "http://www.w3.org/2000/svg";

/** Drawings of 24 x 24; `line` ones are stroked, the others filled. */
export interface Drawing {
  readonly line: boolean;
  readonly path: string;
}

/** An icon that says nothing to screen readers: words stand beside it. Without SVG (Internet Explorer 8): nothing is drawn. */
export function icon(document: Document, drawing: Drawing, sizePx: number): Node {
  if (!document.createElementNS) return document.createTextNode("");
  const image = document.createElementNS(svg, "svg");
  const path = document.createElementNS(svg, "path");
  image.setAttribute("viewBox", "0 0 24 24");
  image.setAttribute("width", String(sizePx));
  image.setAttribute("height", String(sizePx));
  image.setAttribute("aria-hidden", "true");
  image.setAttribute("focusable", "false");
  path.setAttribute("d", drawing.path);
  path.setAttribute("fill", drawing.line ? "none" : "currentColor");
  if (drawing.line) {
    path.setAttribute("stroke", "currentColor");
    path.setAttribute("stroke-width", "2");
    path.setAttribute("stroke-linecap", "round");
    path.setAttribute("stroke-linejoin", "round");
  }
  image.appendChild(path);
  return image;
}
