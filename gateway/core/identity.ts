/** What a site says about its visitor, and how much of it is proved (SPEC.md §6). */
import type { Identity } from "../../protocol/frames.ts";
import type { SiteRecord } from "../../storage/records.ts";
import type { Signer } from "./core.ts";

export type CheckedIdentity =
  /** Signed by the site. The older form proves the id alone: then name and e-mail are only passed. */
  | { readonly trust: "verified"; readonly externalId: string; readonly name?: string; readonly email?: string }
  /** Shown as unverified; opens, merges and reveals nothing. `code`: why a signature was not trusted. */
  | { readonly trust: "passed"; readonly code?: "expired" | "unauthenticated" }
  /** The site wants signatures only. */
  | { readonly trust: "refused"; readonly code: "expired" | "unauthenticated" };

export function checkIdentity(signer: Signer, site: SiteRecord, identity: Identity, now: number): CheckedIdentity {
  if (identity.signature === undefined) return untrusted(site, undefined);
  if (!signer.equal(identity.signature, signer.signWith(site.secret, signedText(identity)))) {
    return untrusted(site, "unauthenticated");
  }
  if (identity.expires === undefined) return { trust: "verified", externalId: identity.id };
  if (identity.expires <= now) return untrusted(site, "expired");
  return {
    trust: "verified",
    externalId: identity.id,
    ...(identity.name === undefined ? {} : { name: identity.name }),
    ...(identity.email === undefined ? {} : { email: identity.email }),
  };
}

function signedText(identity: Identity): string {
  if (identity.expires === undefined) return identity.id;
  return `${identity.id}\n${identity.name ?? ""}\n${identity.email ?? ""}\n${identity.expires}`;
}

function untrusted(site: SiteRecord, code: "expired" | "unauthenticated" | undefined): CheckedIdentity {
  if (site.settings.requireSignature) return { trust: "refused", code: code ?? "unauthenticated" };
  return code === undefined ? { trust: "passed" } : { trust: "passed", code };
}
