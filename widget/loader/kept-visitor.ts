import type { Credential } from "../../protocol/frames.ts";
import { pageJson } from "./json.ts";

/** The visitor. `token`: the newest of the gateway. `used`: the chat was used. */
export interface Who {
  secret: string;
  token?: string | undefined;
  used?: boolean | undefined;
}

/** Before every key of ours in the browser's storage. */
export const storagePrefix = "beckon:";

/** The item of localStorage that keeps the visitor of a site. */
export function visitorItem(site: string): string {
  return `${storagePrefix}${site}/visitor`;
}

/** Null: unknown, or the browser lets us read nothing. Reading stores nothing. */
export function readVisitor(site: string): Who | null {
  try {
    return whoOf(window.localStorage.getItem(visitorItem(site)));
  } catch {
    return null;
  }
}

/** Only after first use, or where the site may remember visitors. Null forgets. */
export function keepVisitor(site: string, who: Who | null): void {
  try {
    if (who) window.localStorage.setItem(visitorItem(site), pageJson.stringify(who));
    else window.localStorage.removeItem(visitorItem(site));
  } catch {
    // Refused: the next page meets somebody new.
  }
}

/** Null if the text says nothing. */
export function whoOf(text: string | null): Who | null {
  try {
    const who = text && (pageJson.parse(text) as Who);
    return who && typeof who.secret === "string" ? who : null;
  } catch {
    return null;
  }
}

export function credentialOf(site: string, { secret, token }: Who): Credential {
  return { role: "visitor", site, secret, token };
}
