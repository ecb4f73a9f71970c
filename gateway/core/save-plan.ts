/** When what waits is saved next: some time after it came, and later with each failure in a row. One plan at a time. */
import { backoffMs } from "./backoff.ts";
import type { Rooms } from "./rooms.ts";

export class SavePlan {
  readonly #rooms: Pick<Rooms, "clock" | "ids">;
  readonly #delayMs: number;
  readonly #save: () => void;
  #planned = false;
  #failures = 0;

  /** `save` tells by {@link saved} or {@link failed} how it went. */
  constructor(rooms: Pick<Rooms, "clock" | "ids">, delayMs: number, save: () => void) {
    this.#rooms = rooms;
    this.#delayMs = delayMs;
    this.#save = save;
  }

  /** In `delayMs`, unless a time is set already. */
  soon(): void {
    this.#after(this.#delayMs);
  }

  saved(): void {
    this.#failures = 0;
  }

  /** Plans another try. */
  failed(): void {
    this.#failures += 1;
    this.#after(backoffMs(this.#rooms.ids, this.#failures));
  }

  #after(delayMs: number): void {
    if (this.#planned) return;
    this.#planned = true;
    this.#rooms.clock.after(delayMs, () => {
      this.#planned = false;
      this.#save();
    });
  }
}
