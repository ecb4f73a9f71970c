import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  type VirtualItem,
  Virtualizer,
} from "@tanstack/virtual-core";
import type { RefObject } from "preact";
import { useLayoutEffect, useReducer, useState } from "preact/hooks";

export interface VirtualRows {
  items: readonly VirtualItem[];
  totalSize: number;
  scrollTo(index: number): void;
}

/** Draws only the rows in sight. `sizeOf` is exact, nothing is measured; a fresh `keyOf` each time makes it read the sizes again. */
export function useVirtualRows(options: {
  count: number;
  sizeOf(index: number): number;
  keyOf(index: number): string;
  scroller: RefObject<HTMLElement | null>;
  overscan?: number;
  /** Height of what sticks above the rows, in pixels. */
  paddingTop?: number;
}): VirtualRows {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const settings = {
    count: options.count,
    estimateSize: options.sizeOf,
    getItemKey: options.keyOf,
    getScrollElement: () => options.scroller.current,
    overscan: options.overscan ?? 10,
    scrollPaddingStart: options.paddingTop ?? 0,
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    onChange: () => redraw(undefined),
  };
  const [virtualizer] = useState(() => new Virtualizer<HTMLElement, Element>(settings));
  virtualizer.setOptions(settings);
  useLayoutEffect(() => virtualizer._didMount(), [virtualizer]);
  useLayoutEffect(() => virtualizer._willUpdate());
  return {
    items: virtualizer.getVirtualItems(),
    totalSize: virtualizer.getTotalSize(),
    scrollTo: (index) => virtualizer.scrollToIndex(index, { align: "auto" }),
  };
}
