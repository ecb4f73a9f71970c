export interface LoadOptions {
  /** Address of the gateway: `https://chat.example.com`. */
  host: string;
  /** The site's key. */
  site: string;
  /** `en` or `zh-CN`; default: the page's language. */
  language?: "en" | "zh-CN";
  /** Of the page's Content-Security-Policy. */
  nonce?: string;
}

/** Made by the site's server; see docs/snippet.md. */
export interface Identity {
  id: string;
  name?: string;
  email?: string;
  /** Milliseconds since 1970. */
  expires?: number;
  signature?: string;
}
export type Attributes = Record<string, string | number | boolean | null>;

/** What listeners are given. */
export interface BeckonEvents {
  ready: undefined;
  open: undefined;
  close: undefined;
  /** Unread messages of agents. */
  unread: number;
  message: { text: string; from: "visitor" | "agent"; at: number };
  /** An agent is available. */
  status: boolean;
  /** A code, such as `origin`; `panel`: the panel's script could not be loaded. */
  error: string;
}

export interface Beckon {
  (command: "identify", identity: Identity): void;
  (command: "set", attributes: Attributes): void;
  (command: "page", page: { url?: string; title?: string }): void;
  (command: "event", name: string, properties?: Attributes): void;
  (command: "open" | "close" | "show" | "hide"): void;
  <K extends keyof BeckonEvents>(command: "on", name: K, listener: (value: BeckonEvents[K]) => void): void;
  <K extends keyof BeckonEvents>(command: "off", name: K, listener?: (value: BeckonEvents[K]) => void): void;
  /** `done` gets the texts that could not be sent within 5 s; then nothing is left on the device. */
  (command: "shutdown", done?: (unsent: string[]) => void): void;
}

/** Adds the snippet's script to the page, once. Commands may be called at once: they wait for it. Only where there is a browser. */
export function loadBeckon(options: LoadOptions): Beckon;

/** Calls a command. Without a browser it does nothing. */
export const beckon: Beckon;
