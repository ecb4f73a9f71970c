import { useLayoutEffect, useRef } from "preact/hooks";
import { belongsToControl, singleKey } from "../state/keyboard.ts";
import { useApp, useKeyboard } from "./use-app.ts";

/** `false`: not for me after all; the layers below are asked. */
export type KeyActions = { readonly [key: string]: (() => unknown) | undefined };

/** `always`: keys that move and leave; they act also where single keys are switched off. */
const always = new Set(["Enter", "Escape", "ArrowUp", "ArrowDown", "Home", "End"]);

/**
 * While this component is drawn, its keys act outside fields: `{ j: next, Space: peek, Enter: open }`. Enter and Space of a focused button
 * stay the button's own.
 */
export function useKeys(actions: KeyActions, options: { modal?: boolean; enabled?: boolean } = {}): void {
  const { preferences } = useApp();
  const keyboard = useKeyboard();
  const current = useRef(actions);
  current.current = actions;
  const { modal = false, enabled = true } = options;
  // With the drawing itself: a key may come before the next frame.
  useLayoutEffect(() => {
    if (!enabled) return;
    return keyboard.push({
      modal,
      handle: (event) => {
        const key = singleKey(event);
        if (key === null) return false;
        const action = current.current[key];
        if (!action) return false;
        if (!always.has(key) && !preferences.singleKeys.peek()) return false;
        if ((key === "Enter" || key === "Space") && belongsToControl(event)) return false;
        return action() !== false;
      },
    });
  }, [keyboard, modal, enabled, preferences]);
}
