import type { Drawing } from "./icon.ts";

export const chatDrawing: Drawing = { line: true, path: "M4 5h16v11h-9l-4 4v-4H4z" };
export const crossDrawing: Drawing = { line: true, path: "M6 6l12 12M18 6L6 18" };
export const sendDrawing: Drawing = { line: true, path: "M21 3L3 10.5l7.5 3 3 7.5zM10.5 13.5L15 9" };
export const downDrawing: Drawing = { line: true, path: "M5 9l7 7 7-7" };
/** States of one's own messages. */
export const clockDrawing: Drawing = { line: true, path: "M12 3a9 9 0 1 1-.01 0M12 7v5l3 2" };
export const tickDrawing: Drawing = { line: true, path: "M5 13l4 4L19 7" };
export const ticksDrawing: Drawing = { line: true, path: "M2 13l4 4 9-10M11 16l1 1L22 7" };
export const readDrawing: Drawing = {
  line: false,
  path: "M12 2a10 10 0 1 0 .01 0zM10.6 16.9L6 12.3l1.7-1.7 2.9 2.9 5.7-6.4 1.8 1.6z",
};
