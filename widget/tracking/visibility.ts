import { listen } from "../loader/listen.ts";

/** Whether somebody can see the page; browsers that do not know say yes. */
export function pageVisible(): boolean {
  return document.visibilityState !== "hidden";
}

/** Calls back once when the page is really shown: pages may be loaded ahead of a click that never comes. */
export function whenShown(shown: () => void): void {
  const isAhead = () => document.prerendering === true || document.visibilityState === "prerender";
  if (!isAhead()) return shown();
  const events = ["prerenderingchange", "visibilitychange"];
  let told = false;
  for (const type of events) {
    listen(document, type, () => {
      if (told || isAhead()) return;
      told = true;
      shown();
    });
  }
}

export interface PageLife {
  /** The page goes into the background, comes back, or the device is online again. */
  visibility(): void;
  wake(): void;
  /** The page is left; it may come back whole from the browser's cache. */
  left(): void;
  returned(): void;
}

/** Follows the page until the returned function is called. Never `unload`: it would keep the page out of the back-forward cache. */
export function followLife(life: PageLife): () => void {
  const undo = [
    listen(document, "visibilitychange", () => {
      life.visibility();
      if (pageVisible()) life.wake();
    }),
    listen(window, "online", life.wake),
    listen(window, "focus", life.wake),
    listen(window, "pagehide", life.left),
    listen<PageEvent>(window, "pageshow", (event) => {
      if (event.persisted) life.returned();
    }),
  ];
  return () => {
    for (const each of undo) each();
  };
}
