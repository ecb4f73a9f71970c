import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { App, Desk } from "../state/app.ts";
import type { Keyboard } from "../state/keyboard.ts";

export const AppContext = createContext<{ app: App; keyboard: Keyboard } | null>(null);
export const DeskContext = createContext<Desk | null>(null);

export function useApp(): App {
  return useRoot().app;
}

export function useKeyboard(): Keyboard {
  return useRoot().keyboard;
}

/** Below the sign-in only. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error("drawn outside of a desk");
  return desk;
}

function useRoot(): { app: App; keyboard: Keyboard } {
  const root = useContext(AppContext);
  if (!root) throw new Error("drawn outside of the app");
  return root;
}
