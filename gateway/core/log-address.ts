/** `<conversation>/public`, `<conversation>/staff`. */
import type { LogAddress } from "../../protocol/frames.ts";
import type { LogKind } from "../../storage/storage.ts";

export interface LogPlace {
  readonly conversation: string;
  readonly log: LogKind;
}

export function logAddress(conversation: string, log: LogKind): LogAddress {
  return `${conversation}/${log}`;
}

/** Null: another kind of address. */
export function parseLogAddress(address: string): LogPlace | null {
  const slash = address.indexOf("/");
  if (slash < 0) return null;
  const log = address.slice(slash + 1);
  return log === "public" || log === "staff" ? { conversation: address.slice(0, slash), log } : null;
}

/** The visit of `visit:<visit>`, else null. */
export function parseVisitAddress(address: string): string | null {
  return address.startsWith("visit:") ? address.slice("visit:".length) : null;
}
