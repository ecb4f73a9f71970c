import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";
import type { LogView } from "../../../protocol/client.ts";
import { useDesk } from "../../components/use-app.ts";

/**
 * Tells how far the reader is: what has been on the screen, while this page is visible and has the focus. At the end that is all there
 * is, also events that are not drawn. Returns what to call when the thread was scrolled.
 */
export function useReading(
  scroller: RefObject<HTMLElement | null>,
  logs: readonly (LogView | null)[],
  atEnd: () => boolean,
): () => void {
  const { connection } = useDesk();
  const read = () => {
    const element = scroller.current;
    if (!element || document.visibilityState !== "visible" || !document.hasFocus()) return;
    for (const log of logs) {
      if (!log || log.seen === 0) continue;
      const seq = atEnd() ? log.seen : lastInSight(element, log.address.endsWith("/staff") ? "staff" : "public");
      if (seq > log.own.read) connection.read(log.address, seq);
    }
  };
  useEffect(() => {
    read();
    document.addEventListener("visibilitychange", read);
    window.addEventListener("focus", read);
    return () => {
      document.removeEventListener("visibilitychange", read);
      window.removeEventListener("focus", read);
    };
  }, [...logs.map((log) => log?.seen ?? 0)]);
  return read;
}

/** The last message whose middle stands above the lower edge; 0: none does. */
function lastInSight(element: HTMLElement, log: "public" | "staff"): number {
  const edge = element.getBoundingClientRect().bottom;
  for (const item of [...element.querySelectorAll<HTMLElement>(`[data-place^="${log}:"]`)].reverse()) {
    const { top, bottom } = item.getBoundingClientRect();
    if ((top + bottom) / 2 <= edge) return Number(item.dataset.place?.slice(log.length + 1));
  }
  return 0;
}
