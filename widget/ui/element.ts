/** Builds elements from plain texts: nothing that a person wrote is ever read as markup. */
export interface Build {
  <K extends keyof ElementKinds>(name: K, className: string, ...children: Child[]): ElementKinds[K];
  (name: string, className: string, ...children: Child[]): HTMLElement;
}
type Child = Node | string;

export function builder(document: Document): Build {
  return (name: string, className: string, ...children: Child[]): never => {
    const made = document.createElement(name);
    if (className) made.className = className;
    for (const child of children) made.appendChild(typeof child === "string" ? document.createTextNode(child) : child);
    return made as never;
  };
}

/** `label`: for buttons whose content has no words. */
export function button(
  build: Build,
  className: string,
  label: string,
  click: () => void,
  text: string,
  image?: Node,
): HTMLButtonElement {
  const made = build("button", className, text);
  if (image) made.appendChild(image);
  made.setAttribute("type", "button");
  if (label) made.setAttribute("aria-label", label);
  made.onclick = click;
  return made;
}
