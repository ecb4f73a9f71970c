import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { App, Desk } from "../state/app.ts";
import type { FocusGiver } from "../state/focus-giver.ts";
import type { Keyboard } from "../state/keyboard.ts";

interface Root {
  app: App;
  keyboard: Keyboard;
  focus: FocusGiver;
}

export const AppContext = createContext<Root | null>(null);
export const DeskContext = createContext<Desk | null>(null);

export function useApp(): App {
  return useRoot().app;
}

export function useKeyboard(): Keyboard {
  return useRoot().keyboard;
}

export function useFocusGiver(): FocusGiver {
  return useRoot().focus;
}

/** Below the sign-in only. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error("drawn outside of a desk");
  return desk;
}

function useRoot(): Root {
  const root = useContext(AppContext);
  if (!root) throw new Error("drawn outside of the app");
  return root;
}
