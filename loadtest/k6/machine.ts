/** What k6's engine gives: identifiers, numbers from the environment. */
import { randomBytes } from "k6/crypto";
import encoding from "k6/encoding";

export function randomId(): string {
  return encoding.b64encode(randomBytes(16), "rawurl");
}

/** A whole number from the environment of the run (`-e NAME=5`). */
export function wholeNumber(name: string, fallback: number): number {
  const text = __ENV[name];
  const number = text === undefined || text === "" ? fallback : Number(text);
  if (!Number.isInteger(number) || number < 1) throw new Error(`${name} must be a whole number from 1 on`);
  return number;
}

export const gatewayUrl = (__ENV.BECKON_URL ?? "http://127.0.0.1:8080").replace(/\/$/, "");
export const socketUrl = `${gatewayUrl.replace(/^http/, "ws")}/ws`;
export const siteKey = __ENV.SITE ?? "demo";
