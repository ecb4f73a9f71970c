/** Who there is. A tab is named `<person><browser><tab>`: `v` are visitors, `x` agents. */
export const tabNames = ["v1a1", "v1a2", "v1b1", "v2a1", "v2a2", "v3a1", "x1a1", "x1a2", "x1b1", "x2a1"] as const;
/** Nobody is there at first: a cloned tab goes here. */
export const spareTabs = ["v1a3", "v2a3", "x1a3"] as const;
export const gatewayCount = 2;

export function personOf(tab: string): string {
  return tab.slice(0, 2);
}

export function browserOf(tab: string): string {
  return tab.slice(0, 3);
}

export function isAgent(tab: string): boolean {
  return tab.startsWith("x");
}
