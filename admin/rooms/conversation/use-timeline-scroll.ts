import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/** This close to the end counts as the end. */
const nearPixels = 48;

interface Anchor {
  key: string;
  top: number;
}

/**
 * Keeps the thread where the reader is: at the end it stays at the end; anywhere else what is on the screen stays in place, also when
 * earlier messages are put above it. `changed` is anything that differs whenever the thread does.
 */
export function useTimelineScroll(
  scroller: RefObject<HTMLElement | null>,
  changed: unknown,
): { atEnd(): boolean; toEnd(): void; remember(): void } {
  const stuck = useRef(true);
  const anchor = useRef<Anchor | null>(null);
  const remember = () => {
    const element = scroller.current;
    if (!element) return;
    stuck.current = element.scrollHeight - element.scrollTop - element.clientHeight < nearPixels;
    anchor.current = stuck.current ? null : firstInSight(element);
  };
  const restore = () => {
    const element = scroller.current;
    if (!element) return;
    if (stuck.current) element.scrollTop = element.scrollHeight;
    else if (anchor.current) {
      const held = element.querySelector<HTMLElement>(`[data-item="${CSS.escape(anchor.current.key)}"]`);
      if (held) element.scrollTop += held.getBoundingClientRect().top - anchor.current.top;
    }
  };
  useLayoutEffect(restore, [changed]);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    // The window, the composer or a picture changes the height without a new message.
    const observer = new ResizeObserver(restore);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
  return {
    atEnd: () => stuck.current,
    toEnd: () => {
      stuck.current = true;
      restore();
    },
    remember,
  };
}

function firstInSight(element: HTMLElement): Anchor | null {
  const edge = element.getBoundingClientRect().top;
  for (const item of element.querySelectorAll<HTMLElement>("[data-item]")) {
    const { top, bottom } = item.getBoundingClientRect();
    if (bottom > edge) return { key: item.dataset.item ?? "", top };
  }
  return null;
}
