/**
 * Before first use each page load is another visitor. Page loads are joined into one trail by a keyed hash of address,
 * browser and site, with a salt that is thrown away daily: it joins trails, never conversations. Who signs in has stored
 * nothing by that: the next page walks on, as nobody until it proves who it is.
 */
import type { Ids, Signer } from "./core.ts";
import { OneOrMore } from "./one-or-more.ts";
import { ownText } from "./own-text.ts";
import type { Visit } from "./visit.ts";

const dayMs = 86_400_000;
/** Enough that two people never meet by chance; less than the digest, because there are many. */
const keyChars = 16;

export class TrailIndex {
  readonly #ids: Ids;
  readonly #signer: Signer;
  readonly #visits = new OneOrMore<Visit>();
  #salt: string;
  #day = -1;

  constructor(ids: Ids, signer: Signer) {
    this.#ids = ids;
    this.#signer = signer;
    this.#salt = ids.id();
  }

  keyFor(site: number, ipAddress: string, userAgent: string, now: number): string {
    this.#renewSalt(now);
    return ownText(this.#signer.sign("trail", `${this.#salt} ${site} ${ipAddress} ${userAgent}`).slice(0, keyChars));
  }

  /**
   * The one trail without an open page that this page follows; null: none, or more than one. Who used the chat is known by
   * the secret, never by the hash; and what was written down as the visit of somebody is over.
   */
  followedBy(key: string, url: string, referrer: string): Visit | null {
    const left = this.#visits
      .of(key)
      .filter((visit) => open(visit) && visit.sessions.length === 0 && follows(visit, url, referrer));
    return left.length === 1 ? (left[0] as Visit) : null;
  }

  add(visit: Visit): void {
    this.#visits.add(visit.trailKey, visit);
  }

  remove(visit: Visit): void {
    this.#visits.remove(visit.trailKey, visit);
  }

  #renewSalt(now: number): void {
    const day = Math.floor(now / dayMs);
    if (day === this.#day) return;
    this.#day = day;
    this.#salt = this.#ids.id();
  }
}

function open(visit: Visit): boolean {
  return !visit.known || !(visit.used || visit.shown === "hidden");
}

/** Came from its last page, or is that page again (a reload keeps the referrer of the load). */
function follows(visit: Visit, url: string, referrer: string): boolean {
  if (referrer !== "" && isLastPage(visit, referrer)) return true;
  return isLastPage(visit, url) && referrer === visit.loadReferrer;
}

/** The browser knows nothing of names that the site gave. */
function isLastPage(visit: Visit, address: string): boolean {
  return address === visit.url || address === visit.realUrl;
}
