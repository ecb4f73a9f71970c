/** Keyed hashes: one key for each purpose, derived from the master key by HKDF-SHA-256 (RFC 5869). */
import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import type { Signer } from "../core/core.ts";

const purposes = ["visitor-token", "agent-token", "visitor-id", "trail", "csrf"] as const;

export const masterKeyBytes = 32;

export function createSigner(masterKey: Uint8Array): Signer {
  const keys = new Map<string, Uint8Array>(
    purposes.map((purpose) => [purpose, new Uint8Array(hkdfSync("sha256", masterKey, "", `beckon/${purpose}/1`, 32))]),
  );
  return {
    sign: (purpose, text) =>
      createHmac("sha256", keys.get(purpose) ?? masterKey)
        .update(text)
        .digest("base64url"),
    signWith: (secret, text) => createHmac("sha256", secret).update(text).digest("hex"),
    equal(a, b) {
      const left = Buffer.from(a);
      const right = Buffer.from(b);
      return left.length === right.length && timingSafeEqual(left, right);
    },
  };
}
