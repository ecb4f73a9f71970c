/**
 * Who there is. A tab is named `<person><browser><tab>`. `v`: visitors, of whom v1 is signed in on two devices; `x`: agents; `y`: an
 * agent of somebody else, who tries to look in.
 */
export const tabNames = ["v1a1", "v1a2", "v1b1", "v2a1", "v2a2", "x1a1", "x1a2", "x1b1", "x2a1"] as const;
/** Nobody is there at first: a cloned tab goes here. */
export const spareTabs = ["v1a3", "v2a3", "x1a3"] as const;
export const clones = [
  { tab: "v1a1", to: "v1a3" },
  { tab: "v2a1", to: "v2a3" },
  { tab: "x1a1", to: "x1a3" },
] as const;
export const stranger = "y1a1";
export const gatewayCount = 2;

export function personOf(tab: string): string {
  return tab.slice(0, 2);
}

export function browserOf(tab: string): string {
  return tab.slice(0, 3);
}

export function isAgent(tab: string): boolean {
  return !tab.startsWith("v");
}

/** The site's server signs who they are: their conversations follow them over devices. */
export function isSignedIn(tab: string): boolean {
  return tab.startsWith("v1");
}
