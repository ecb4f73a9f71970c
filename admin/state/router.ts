import { type ReadonlySignal, signal } from "@preact/signals";
import { type InboxGroup, inboxGroups } from "./inbox-groups.ts";
import { type VisitorScope, visitorScopes } from "./visitor-groups.ts";

export type Route =
  | { room: "visitors"; scope: VisitorScope }
  | { room: "inbox"; group: InboxGroup | null }
  /** `at`: the message to show and mark, from a search. */
  | { room: "conversation"; id: string; at: { log: "public" | "staff"; seq: number } | null }
  | { room: "settings" }
  | { room: "me" };

/** The address after `#`, so that the back button works and a link can be kept. Unknown ones lead to the visitors. */
export function parseRoute(hash: string): Route {
  const [room, first, second, third] = hash.replace(/^#?\/?/, "").split("/");
  switch (room) {
    case "inbox":
      return { room: "inbox", group: inboxGroups.find((group) => group === first) ?? null };
    case "conversation":
      if (!first) break;
      return { room: "conversation", id: decodeURIComponent(first), at: parsePlace(second, third) };
    case "settings":
      return { room: "settings" };
    case "me":
      return { room: "me" };
  }
  return { room: "visitors", scope: visitorScopes.find((scope) => scope === first) ?? "all" };
}

function parsePlace(log: string | undefined, seq: string | undefined): { log: "public" | "staff"; seq: number } | null {
  const number = Number(seq);
  if ((log !== "public" && log !== "staff") || !Number.isSafeInteger(number) || number < 1) return null;
  return { log, seq: number };
}

export function routeHash(route: Route): string {
  switch (route.room) {
    case "visitors":
      return route.scope === "all" ? "#/visitors" : `#/visitors/${route.scope}`;
    case "inbox":
      return route.group === null ? "#/inbox" : `#/inbox/${route.group}`;
    case "conversation": {
      const place = route.at === null ? "" : `/${route.at.log}/${route.at.seq}`;
      return `#/conversation/${encodeURIComponent(route.id)}${place}`;
    }
    case "settings":
      return "#/settings";
    case "me":
      return "#/me";
  }
}

export interface Router {
  readonly route: ReadonlySignal<Route>;
  go(route: Route): void;
  stop(): void;
}

export function openRouter(page: Window): Router {
  const route = signal(parseRoute(page.location.hash));
  const follow = () => {
    route.value = parseRoute(page.location.hash);
  };
  page.addEventListener("hashchange", follow);
  return {
    route,
    go: (next) => {
      if (routeHash(next) === page.location.hash) return;
      page.history.pushState(null, "", routeHash(next));
      route.value = next;
    },
    stop: () => page.removeEventListener("hashchange", follow),
  };
}
