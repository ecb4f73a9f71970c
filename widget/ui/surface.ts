import { builder } from "./element.ts";

/**
 * A place of our own on somebody else's page: a frame of the same origin, whose styles and scripts are its own. Where frames cannot be
 * reached (sandboxed pages) a shadow root; where there is none, a plain element.
 */
export interface Surface {
  /** What stands in the page. */
  readonly element: HTMLElement;
  readonly document: Document;
  /** Holds the content. */
  readonly root: HTMLElement;
  /** The scripts and style sheets inside belong to this window. */
  readonly window: Window;
  /** `css`: declarations for position, size, corners, shadow. They win over every rule of the page. */
  place(css: string): void;
  /** Adds a style sheet for what is inside. */
  style(css: string): void;
  /** Still part of the page: `document.open` or a router may have thrown it out. */
  attached(): boolean;
  remove(): void;
}

const resets =
  "position:fixed;z-index:2147483000;display:block;box-sizing:border-box;margin:0;padding:0;border:0;outline:0;float:none;clip:auto;" +
  "min-width:0;min-height:0;max-width:none;max-height:none;opacity:1;visibility:visible;transform:none;filter:none;transition:none;" +
  "animation:none;background:transparent;color-scheme:light dark;pointer-events:auto;";

export function createSurface(title: string, nonce: string): Surface {
  return createFrame(title, nonce) || createShadow(nonce);
}

function createFrame(title: string, nonce: string): Surface | null {
  const frame = builder(document)("iframe", "");
  frame.title = title;
  hide(frame);
  home().appendChild(frame);
  try {
    const inner = frame.contentWindow as Window;
    // Some engines would otherwise replace the first document later.
    inner.document.open();
    inner.document.close();
    const root = inner.document.body as HTMLElement;
    inner.document.documentElement.lang = document.documentElement.lang;
    return surface(frame, inner, root, inner.document, inner.document.documentElement, nonce);
  } catch {
    home().removeChild(frame);
    return null;
  }
}

function createShadow(nonce: string): Surface {
  const host = builder(document)("div", "");
  hide(host);
  home().appendChild(host);
  const scope = host.attachShadow ? host.attachShadow({ mode: "open" }) : host;
  const root = builder(document)("div", "body");
  scope.appendChild(root);
  return surface(host, window, root, host.attachShadow ? (scope as ShadowRoot) : null, scope, nonce);
}

/** `scope`: takes constructed style sheets. `parent`: takes style elements. */
function surface(
  element: HTMLElement,
  inner: Window,
  root: HTMLElement,
  scope: StyleScope | null,
  parent: Node,
  nonce: string,
): Surface {
  return {
    element,
    document: inner.document,
    root,
    window: inner,
    style: (css) => addStyle(inner, scope, parent, css, nonce),
    place(css) {
      element.style.cssText = `${resets}${css}`.replace(/;/g, "!important;");
    },
    attached: () => {
      let node: Node | null = element;
      while (node && node !== document) node = node.parentNode;
      return node !== null;
    },
    remove() {
      if (element.parentNode) element.parentNode.removeChild(element);
    },
  };
}

function home(): HTMLElement {
  return document.body || document.documentElement;
}

function hide(element: HTMLElement): void {
  element.style.cssText =
    "position:fixed!important;visibility:hidden!important;width:0!important;height:0!important;border:0!important";
}

/** As a constructed sheet, which security policies allow, else as a style element with the page's nonce. */
function addStyle(owner: Window, scope: StyleScope | null, parent: Node, css: string, nonce: string): void {
  if (scope && scope.adoptedStyleSheets && owner.CSSStyleSheet) {
    const sheet = new owner.CSSStyleSheet();
    sheet.replaceSync(css);
    scope.adoptedStyleSheets = [sheet];
    return;
  }
  const style = builder(parent.ownerDocument)("style", "");
  if (nonce) style.setAttribute("nonce", nonce);
  parent.appendChild(style);
  if (style.styleSheet) style.styleSheet.cssText = css;
  else style.appendChild(parent.ownerDocument.createTextNode(css));
}
