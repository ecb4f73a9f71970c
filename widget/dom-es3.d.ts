/**
 * The part of the browser that widget/ uses. What Internet Explorer 8 lacks is optional here, so that the compiler asks for a check;
 * the exceptions are constructors (`WebSocket`), which are tested by `typeof`.
 */

interface EventLike {
  readonly type: string;
  readonly target?: unknown;
  preventDefault?(): void;
  stopPropagation?(): void;
  returnValue?: boolean;
  cancelBubble?: boolean;
}
interface KeyEvent extends EventLike {
  readonly key?: string;
  readonly keyCode: number;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly isComposing?: boolean;
}
interface PageEvent extends EventLike {
  readonly persisted?: boolean;
}
interface StorageChange extends EventLike {
  readonly key: string | null;
  readonly newValue: string | null;
}
interface Listening {
  addEventListener?(type: string, listener: (event: never) => void, capture?: boolean): void;
  removeEventListener?(type: string, listener: (event: never) => void, capture?: boolean): void;
  attachEvent?(type: string, listener: (event: never) => void): void;
  detachEvent?(type: string, listener: (event: never) => void): void;
}

interface StyleDeclaration {
  cssText: string;
  display: string;
  height: string;
  setProperty?(name: string, value: string, priority?: string): void;
}
interface Node extends Listening {
  readonly nodeType: number;
  readonly ownerDocument: Document;
  readonly parentNode: Node | null;
  readonly firstChild: Node | null;
  readonly lastChild: Node | null;
  readonly nextSibling: Node | null;
  appendChild<T extends Node>(child: T): T;
  insertBefore<T extends Node>(child: T, before: Node | null): T;
  removeChild<T extends Node>(child: T): T;
  replaceChild<T extends Node>(child: T, old: Node): T;
}
interface TextNode extends Node {
  data: string;
}
interface HTMLElement extends Node {
  readonly tagName: string;
  id: string;
  className: string;
  title: string;
  lang: string;
  dir: string;
  readonly style: StyleDeclaration;
  readonly offsetHeight: number;
  readonly offsetWidth: number;
  readonly offsetTop: number;
  readonly clientHeight: number;
  readonly scrollHeight: number;
  scrollTop: number;
  tabIndex: number;
  onclick: ((event: EventLike) => unknown) | null;
  focus(): void;
  click(): void;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  getElementsByTagName(name: string): ArrayLike<HTMLElement>;
  attachShadow?(options: { mode: "open" | "closed" }): ShadowRoot;
}
interface HTMLScriptElement extends HTMLElement {
  src: string;
  async: boolean;
  nonce?: string;
  onload: (() => void) | null;
  onerror: (() => void) | null;
}
interface HTMLIFrameElement extends HTMLElement {
  readonly contentWindow: Window | null;
}
interface HTMLTextAreaElement extends HTMLElement {
  value: string;
  rows: number;
  placeholder: string;
  readonly selectionStart?: number;
  setSelectionRange?(start: number, end: number): void;
}
interface HTMLAnchorElement extends HTMLElement {
  href: string;
  rel: string;
  target: string;
}
interface HTMLImageElement extends HTMLElement {
  src: string;
  alt: string;
  onerror: (() => void) | null;
}
interface HTMLButtonElement extends HTMLElement {
  type: string;
  disabled: boolean;
}
interface HTMLStyleElement extends HTMLElement {
  nonce?: string;
  readonly styleSheet?: { cssText: string };
}
interface ConstructedSheet {
  replaceSync(css: string): void;
}
interface StyleScope {
  adoptedStyleSheets?: ConstructedSheet[];
}
interface ShadowRoot extends Node, StyleScope {
  readonly activeElement?: HTMLElement | null;
}
interface ElementKinds {
  a: HTMLAnchorElement;
  button: HTMLButtonElement;
  iframe: HTMLIFrameElement;
  img: HTMLImageElement;
  script: HTMLScriptElement;
  style: HTMLStyleElement;
  textarea: HTMLTextAreaElement;
}
interface Document extends Node, StyleScope {
  readonly documentElement: HTMLElement;
  readonly body: HTMLElement | null;
  readonly readyState: string;
  readonly compatMode?: string;
  readonly referrer: string;
  readonly title: string;
  readonly hidden?: boolean;
  readonly visibilityState?: string;
  readonly prerendering?: boolean;
  readonly currentScript?: HTMLElement | null;
  readonly activeElement: HTMLElement | null;
  readonly defaultView?: Window;
  open(): void;
  write(html: string): void;
  close(): void;
  createElement<K extends keyof ElementKinds>(name: K): ElementKinds[K];
  createElement(name: string): HTMLElement;
  createElementNS?(namespace: string, name: string): HTMLElement;
  createTextNode(text: string): TextNode;
  getElementsByTagName(name: "script"): ArrayLike<HTMLScriptElement>;
  getElementsByTagName(name: string): ArrayLike<HTMLElement>;
}

interface Storage {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}
interface Location {
  readonly href: string;
  readonly protocol: string;
  readonly host: string;
}
type HistoryChange = (state: unknown, title: string, url?: string | null) => void;
interface History {
  pushState?: HistoryChange;
  replaceState?: HistoryChange;
}
/** Only for what newer interfaces ask for (`navigator.locks`); never the only way. */
interface Promise<T> {
  then(done: (value: T) => void, failed: () => void): unknown;
}
declare const Promise: { new <T>(run: (resolve: (value: T) => void) => void): Promise<T> };
interface LockManager {
  request(
    name: string,
    options: { ifAvailable: boolean },
    granted: (lock: object | null) => Promise<void> | undefined,
  ): Promise<unknown>;
}
interface Navigator {
  readonly onLine?: boolean;
  readonly userAgent: string;
  readonly language?: string;
  readonly webdriver?: boolean;
  readonly locks?: LockManager;
}
interface VisualViewport extends Listening {
  readonly height: number;
  readonly offsetTop: number;
  readonly scale: number;
}
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}
interface Window extends Listening {
  readonly window: Window;
  readonly document: Document;
  readonly location: Location;
  readonly history: History;
  readonly navigator: Navigator;
  readonly screen: { readonly width: number; readonly height: number };
  readonly innerWidth?: number;
  readonly innerHeight?: number;
  readonly localStorage: Storage;
  readonly sessionStorage: Storage;
  readonly performance?: { now?(): number };
  readonly crypto?: { getRandomValues?(bytes: Uint8Array): Uint8Array };
  readonly visualViewport?: VisualViewport | null;
  readonly trustedTypes?: TrustedTypes;
  readonly CSSStyleSheet?: new () => ConstructedSheet;
  readonly JSON?: { parse(text: string): unknown };
  matchMedia?(query: string): { readonly matches: boolean };
  setTimeout(callback: () => void, delayMs: number): number;
  clearTimeout(timer: number): void;
  setInterval(callback: () => void, everyMs: number): number;
  clearInterval(timer: number): void;
  Beckon?: unknown;
}
declare const window: Window;
declare const document: Document;
declare const location: Location;
declare function setTimeout(callback: () => void, delayMs: number): number;
declare function clearTimeout(timer: number): void;

interface Uint8Array {
  readonly length: number;
  [index: number]: number;
}
declare const Uint8Array: { new (length: number): Uint8Array };
declare const Intl: { DateTimeFormat(): { resolvedOptions(): { timeZone?: string } } };

interface WebSocket {
  onopen: (() => void) | null;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onclose: ((event: { readonly code: number; readonly reason: string }) => void) | null;
  onerror: (() => void) | null;
  send(text: string): void;
  close(): void;
}
declare const WebSocket: { new (url: string): WebSocket };
interface XMLHttpRequest {
  readonly readyState: number;
  readonly status: number;
  readonly responseText: string;
  onreadystatechange: (() => void) | null;
  open(method: string, url: string, async: boolean): void;
  send(body: string): void;
  abort(): void;
  setRequestHeader(name: string, value: string): void;
}
declare const XMLHttpRequest: { new (): XMLHttpRequest };
