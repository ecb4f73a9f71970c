/** Builds elements from plain texts: nothing that a person wrote is ever read as markup. */
export interface Build {
  <K extends keyof ElementKinds>(name: K, className: string, ...children: Child[]): ElementKinds[K];
  (name: string, className: string, ...children: Child[]): HTMLElement;
}
type Child = Node | string | null;

export function builder(document: Document): Build {
  return (name: string, className: string, ...children: Child[]): never => {
    const made = document.createElement(name);
    if (className) made.className = className;
    for (const child of children) {
      if (child !== null) made.appendChild(typeof child === "string" ? document.createTextNode(child) : child);
    }
    return made as never;
  };
}

export function button(
  build: Build,
  className: string,
  label: string,
  click: () => void,
  ...content: (Node | string)[]
): HTMLButtonElement {
  const made = build("button", className, ...content);
  made.setAttribute("type", "button");
  if (label) made.setAttribute("aria-label", label);
  made.onclick = (event) => {
    event?.preventDefault?.();
    click();
  };
  return made;
}
