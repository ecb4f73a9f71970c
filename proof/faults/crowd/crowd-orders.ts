/** What the program is told that plays a crowd, and what it answers. */
import type { Drawn, History, Screen, Written } from "../history.ts";

export type CrowdCommand =
  /** All pages are opened, each visitor with `pagesEach` tabs; answered when all are online. */
  | {
      readonly do: "come";
      /** Of the gateway itself. */
      readonly url: string;
      readonly site: string;
      readonly secrets: readonly string[];
      readonly pagesEach: number;
    }
  /** Each page says something. */
  | { readonly do: "say" }
  /** Answered when no page has a link. */
  | { readonly do: "fall" }
  /** Answered when all are online, have sent all, and show all that was said to their visitor. */
  | { readonly do: "settle" }
  /** Who is not so, in words. */
  | { readonly do: "complain" }
  | { readonly do: "report" };

/** What the crowd knows of its history; what is stored is known elsewhere. */
export interface CrowdReport extends Pick<History, "twice" | "overheard" | "waiting" | "accusations"> {
  readonly written: readonly Written[];
  readonly drawn: readonly Drawn[];
  readonly screens: readonly Screen[];
}

export type CrowdAnswer = { readonly done: true } | { readonly complaints: readonly string[] } | CrowdReport;
