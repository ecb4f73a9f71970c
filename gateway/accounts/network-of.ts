/** Whose doors an address counts for: an IPv4 address, or the /64 that one subscriber of IPv6 has to himself. */
import { isIP } from "node:net";

const groupsOfSubscriber = 4;

export function networkOf(address: string): string {
  const plain = address.replace(/%.*$/, "");
  if (isIP(plain) !== 6) return plain;
  const groups = groupsOf(plain);
  const mapped = groups.slice(0, 6).every((group, index) => group === (index === 5 ? 0xffff : 0));
  if (mapped) return bytesOf(groups.slice(6)).join(".");
  const network = groups.slice(0, groupsOfSubscriber).map((group) => group.toString(16));
  return `${network.join(":")}::/64`;
}

/** The eight groups of an address that is well formed. */
function groupsOf(address: string): number[] {
  const [before = [], after = []] = address.split("::").map(numbersOf);
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}

/** The last one may be an IPv4 address, which is two groups. */
function numbersOf(part: string): number[] {
  if (part === "") return [];
  return part.split(":").flatMap((group) => {
    if (!group.includes(".")) return [Number.parseInt(group, 16)];
    const [a = 0, b = 0, c = 0, d = 0] = group.split(".").map(Number);
    return [a * 256 + b, c * 256 + d];
  });
}

function bytesOf(groups: readonly number[]): number[] {
  return groups.flatMap((group) => [group >> 8, group & 255]);
}
