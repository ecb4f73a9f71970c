/** Whom an address counts for where things are limited: an IPv4 address, or the /64 that one subscriber of IPv6 has to himself. */

const groupsOfAddress = 8;
const groupsOfSubscriber = 4;
const maxGroup = 0xffff;

/** What is no address counts for itself. */
export function networkOf(address: string): string {
  const plain = address.replace(/%.*$/, "");
  const groups = plain.includes(":") ? groupsOf(plain) : null;
  if (!groups) return plain;
  const mapped = groups.slice(0, 6).every((group, index) => group === (index === 5 ? maxGroup : 0));
  if (mapped) return bytesOf(groups.slice(6)).join(".");
  const network = groups.slice(0, groupsOfSubscriber).map((group) => group.toString(16));
  return `${network.join(":")}::/64`;
}

/** All eight; null: it is not well formed. */
function groupsOf(address: string): number[] | null {
  const [before = [], after, ...more] = address.split("::").map(numbersOf);
  const missing = groupsOfAddress - before.length - (after?.length ?? 0);
  if (more.length > 0 || (after ? missing < 1 : missing !== 0)) return null;
  const groups = [...before, ...Array<number>(missing).fill(0), ...(after ?? [])];
  return groups.every((group) => group <= maxGroup) ? groups : null;
}

/** The last one may be an IPv4 address, which is two groups. What is no number is NaN. */
function numbersOf(part: string): number[] {
  if (part === "") return [];
  return part.split(":").flatMap((group) => {
    if (!group.includes(".")) return [/^[\da-f]{1,4}$/i.test(group) ? Number.parseInt(group, 16) : Number.NaN];
    const [a = 0, b = 0, c = 0, d = 0] = group.split(".").map(Number);
    return [a * 256 + b, c * 256 + d];
  });
}

function bytesOf(groups: readonly number[]): number[] {
  return groups.flatMap((group) => [group >> 8, group & 255]);
}
