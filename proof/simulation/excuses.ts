/** A message that exists nowhere any more, by no fault of ours: its page died before it was on disk, its device lost its store. */
import type { Written } from "./recorder.ts";
import type { World } from "./world.ts";

/** Called after everything that destroys something. `why`: empty if nothing excuses that it is gone. */
export function excuseWhatIsGone(world: World, why: (message: Written) => string): void {
  const held = new Set<string>();
  const { durable } = world.database;
  for (const tab of world.living()) {
    for (const { events, outbox } of tab.views()) {
      for (const { id, sender } of events) if (sender.id === tab.principal) held.add(id);
      for (const { id } of outbox) held.add(id);
    }
    for (const { id } of tab.client.log("current")?.outbox ?? []) held.add(id);
    for (const address of tab.opened) for (const { id } of tab.client.log(address)?.outbox ?? []) held.add(id);
  }
  const disks = [...world.browsers.values()].map(({ scope, disk }) => ({
    scope,
    text: [...disk.entries.values()].join("\n"),
  }));
  for (const message of world.recorder.written.values()) {
    const { id } = message;
    if (message.excuse || durable.has(id) || held.has(id)) continue;
    if (disks.some(({ scope, text }) => scope === message.scope && text.includes(id))) continue;
    message.excuse = why(message);
    world.recorder.open.delete(id);
    world.recorder.note("checker", () => `is nowhere any more: ${message.excuse || "nothing excuses it"}`, id);
  }
}
