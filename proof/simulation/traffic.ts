/** Whether a fault meets messages on their way: one that meets none proves nothing. */
import { isAgent, personOf, stranger } from "./cast.ts";
import type { Fault } from "./faults.ts";
import { act } from "./scripts.ts";
import type { World } from "./world.ts";

/** A page that is gone can have no trouble, a gateway that is down cannot fall, nothing comes back that was not copied. */
export function canHit(world: World, fault: Fault): boolean {
  if (fault.kind === "die-when") return true;
  if ("tab" in fault) return world.tab(fault.tab).living;
  if ("gateway" in fault) return world.gateways[fault.gateway]?.up === true;
  return fault.kind !== "restore" || world.backups.length > 0;
}

export function somethingIsUnderWay({ recorder }: World): boolean {
  return recorder.open.size > 0;
}

/** Something is on its way from or to this tab; or anywhere, where all are struck. */
export function hitsTraffic(world: World, fault: Fault): boolean {
  const { open, written } = world.recorder;
  if (!("tab" in fault)) return somethingIsUnderWay(world);
  for (const id of open) {
    const message = written.get(id);
    if (message && concerns(fault.tab, message.author, message.text, world)) return true;
  }
  return false;
}

/** Agents see everything, visitors what bears their mark. */
function concerns(tab: string, author: string, text: string, world: World): boolean {
  if (tab === author || (isAgent(tab) && tab !== stranger)) return true;
  return text.includes(`~${world.tab(tab).browser.mark}~`);
}

/** Where nothing is on its way for this fault, somebody says something. Null: for something that strikes all. */
export function bringTraffic(world: World, fault: Fault | null): void {
  if (fault ? hitsTraffic(world, fault) : somethingIsUnderWay(world)) return;
  for (const tab of speakersFor(world, fault)) act(world, { do: "say", tab, count: 2, letters: 10, staff: false });
}

function speakersFor(world: World, fault: Fault | null): string[] {
  const ready = (name: string): boolean => {
    const tab = world.tabs.get(name);
    return name !== stranger && tab !== undefined && tab.living && !tab.process.paused;
  };
  const all = [...world.tabs.keys()].filter(ready);
  if (!fault || !("tab" in fault)) return all.slice(0, 2);
  if (ready(fault.tab)) return [fault.tab];
  return all.filter((name) => isAgent(fault.tab) || personOf(name) === personOf(fault.tab)).slice(0, 1);
}
