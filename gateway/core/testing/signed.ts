/** A customer of {@link house}'s site, or of another one. */
import type { Identity } from "../../../protocol/frames.ts";
import type { SiteRecord } from "../../../storage/records.ts";
import { house } from "./house-of-each-test.ts";

/** As the site's server does it: HMAC-SHA-256, hex, over `id\nname\nemail\nexpires`; holds for a minute. */
export function signed(id: string, more: Partial<Identity> = {}, site: SiteRecord = house.site): Identity {
  const identity = { id, name: "Henrik", email: "henrik@example.nl", expires: house.clock.now() + 60_000, ...more };
  const text = `${identity.id}\n${identity.name ?? ""}\n${identity.email ?? ""}\n${identity.expires}`;
  return { ...identity, signature: house.signer.signWith(site.secret, text) };
}
