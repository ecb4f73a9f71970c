/** Who may break things: pages of this machine, that came from the very server which they ask. */

const ownNames = ["127.0.0.1", "localhost"];

/** `host`: of the request. True where the browser knows this server by a name of this machine, and by no other that points here. */
export function isLocalHost(host: string): boolean {
  return ownNames.includes(host.replace(/:\d+$/, ""));
}

/** Browsers send the origin with every POST, and no page can change it. */
export function isOwnPage(host: string, origin: string): boolean {
  return isLocalHost(host) && origin === `http://${host}`;
}
