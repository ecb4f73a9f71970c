import { useLayoutEffect, useRef } from "preact/hooks";
import { useKeyboard } from "./use-app.ts";

/** A key with Ctrl (Command on a Mac); it acts in fields too. */
export function useShortcut(key: string, run: () => void): void {
  const keyboard = useKeyboard();
  const current = useRef(run);
  current.current = run;
  useLayoutEffect(
    () =>
      keyboard.push({
        handle: (event) => {
          if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.key.toLowerCase() !== key) return false;
          current.current();
          return true;
        },
      }),
    [keyboard, key],
  );
}
