/** Leaving without losing anything: nobody new, everybody told to go, what is held written, the rest closed. */
import type { Rooms } from "./rooms.ts";

const lookMs = 100;

export async function drain(rooms: Rooms, withinMs: number): Promise<void> {
  rooms.sessions.sendAway(withinMs);
  rooms.hub.stop();
  await everybodyGone(rooms, withinMs);
  rooms.presence.endAll();
  await Promise.all([rooms.recorder.flush(), rooms.receipts.flush(), rooms.profiles.flush()]);
  rooms.sessions.closeAll();
}

function everybodyGone(rooms: Rooms, withinMs: number): Promise<void> {
  const until = rooms.clock.monotonic() + withinMs;
  return new Promise((resolve) => {
    const look = (): void => {
      if (rooms.sessions.size === 0 || rooms.clock.monotonic() >= until) resolve();
      else rooms.clock.after(lookMs, look);
    };
    look();
  });
}
