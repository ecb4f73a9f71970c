/**
 * Stateless tokens. A visitor's token says who it is for 30 days, and is renewed when older than a day; the old one stays
 * valid, because tabs race. An agent's is bought by the cookie session and lives for a minute.
 */
import type { Signer } from "./core.ts";
import { ownText } from "./own-text.ts";

export const visitorTokenMs = 30 * 86_400_000;
const visitorTokenRenewMs = 86_400_000;
export const agentTokenMs = 60_000;

export interface VisitorClaims {
  readonly tenant: number;
  readonly site: number;
  readonly visitor: string;
  /** The verified person it was linked to when the token was made; empty: none. */
  readonly contact: string;
  /** Of the visitor, when the token was made; smaller than the stored one: revoked. */
  readonly revocation: number;
  readonly expires: number;
}

const lastCharacters = "AQgw";
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** The public id of the visitor who holds the secret: 128 bits, in the only spelling that base64url has for them. */
export function visitorIdOf(signer: Signer, tenant: number, site: number, secret: string): string {
  const digest = signer.sign("visitor-id", `${tenant} ${site} ${secret}`);
  return ownText(digest.slice(0, 21) + lastCharacters.charAt(alphabet.indexOf(digest.charAt(21)) >> 4));
}

export function makeVisitorToken(signer: Signer, claims: VisitorClaims): string {
  const { tenant, site, visitor, contact, revocation, expires } = claims;
  const text = `1.${tenant}.${site}.${visitor}.${contact}.${revocation}.${expires}`;
  return `${text}.${signer.sign("visitor-token", text)}`;
}

/** Null: not ours, not understood, or over. */
export function readVisitorToken(signer: Signer, token: string, now: number): VisitorClaims | null {
  const parts = signedParts(signer, "visitor-token", token, 7);
  if (parts === null) return null;
  const [, tenant, site, visitor, contact, revocation, expires] = parts;
  const claims: VisitorClaims = {
    tenant: Number(tenant),
    site: Number(site),
    visitor: visitor ?? "",
    contact: contact ?? "",
    revocation: Number(revocation),
    expires: Number(expires),
  };
  return claims.expires > now ? claims : null;
}

export function needsRenewal(claims: VisitorClaims, now: number): boolean {
  return claims.expires - now < visitorTokenMs - visitorTokenRenewMs;
}

export interface AgentClaims {
  readonly tenant: number;
  readonly agent: string;
  readonly expires: number;
  /** Names the sign-in that bought it, as storage does; empty: none. */
  readonly signIn: string;
}

export function makeAgentToken(signer: Signer, claims: AgentClaims): string {
  const text = `1.${claims.tenant}.${claims.agent}.${claims.expires}.${claims.signIn}`;
  return `${text}.${signer.sign("agent-token", text)}`;
}

export function readAgentToken(
  signer: Signer,
  token: string,
  now: number,
): AgentClaims | "expired" | "unauthenticated" {
  const parts = signedParts(signer, "agent-token", token, 5);
  if (parts === null) return "unauthenticated";
  const [, tenant, agent = "", expires, signIn = ""] = parts;
  const claims: AgentClaims = { tenant: Number(tenant), agent, expires: Number(expires), signIn };
  return claims.expires > now ? claims : "expired";
}

function signedParts(
  signer: Signer,
  purpose: "visitor-token" | "agent-token",
  token: string,
  count: number,
): string[] | null {
  const end = token.lastIndexOf(".");
  if (end < 0) return null;
  const text = token.slice(0, end);
  if (!signer.equal(token.slice(end + 1), signer.sign(purpose, text))) return null;
  const parts = text.split(".");
  return parts.length === count && parts[0] === "1" ? parts : null;
}
