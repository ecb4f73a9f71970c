import { type ReadonlySignal, signal } from "@preact/signals";
import type { Clock } from "../../protocol/ports.ts";

/** Whether the server answers, before there is a socket that tells. Asks until it does. */
export interface ServerReach {
  readonly state: ReadonlySignal<"asking" | "reachable" | "unreachable">;
  readonly roundTripMs: ReadonlySignal<number>;
  start(): void;
}

/** After no answer. */
export const askAgainMs = 3000;

/** `ask` resolves to whether an answer came. */
export function createServerReach(clock: Clock, ask: () => Promise<boolean>): ServerReach {
  const state = signal<"asking" | "reachable" | "unreachable">("asking");
  const roundTripMs = signal(-1);
  const start = async (): Promise<void> => {
    const askedAt = clock.monotonic();
    if (await ask()) {
      roundTripMs.value = Math.round(clock.monotonic() - askedAt);
      state.value = "reachable";
      return;
    }
    state.value = "unreachable";
    clock.after(askAgainMs, () => void start());
  };
  return { state, roundTripMs, start: () => void start() };
}
