import { about, contact } from "./articles/company.ts";
import { returns, shipping, washingDown } from "./articles/service.ts";
import { bootSizes, jacketSizes, sizeGuide } from "./articles/sizes.ts";
import type { Local } from "./language.ts";

type Table = { caption: Local; head: readonly Local[]; rows: readonly (readonly (string | Local)[])[] };

/** One block of a help page. A link's path is relative to the shop's root. */
export type Block =
  | { kind: "heading"; text: Local }
  | { kind: "text"; text: Local }
  | { kind: "list"; items: { en: readonly string[]; zh: readonly string[] } }
  | { kind: "table"; table: Table }
  | { kind: "links"; links: readonly { path: string; text: Local }[] }
  | { kind: "chat"; text: Local };

export type Article = { path: string; title: Local; lead: Local; parent?: string; blocks: readonly Block[] };

export const articles: readonly Article[] = [
  sizeGuide,
  bootSizes,
  jacketSizes,
  returns,
  shipping,
  washingDown,
  about,
  contact,
];
