/**
 * The client's address and scheme. Behind a listed proxy its `X-Forwarded-For` and `X-Forwarded-Proto` count, from anybody
 * else they do not: the header can be forged (operations guide, "proxies"). With a chain of listed proxies the last
 * address that is not one of them is the client's.
 */
import { BlockList, isIP } from "node:net";
import { ConfigError } from "../config.ts";
import type { HttpRequest } from "../runtime/runtime.ts";

export interface ClientAddress {
  address(request: HttpRequest): string;
  /** Whether the client spoke https, as far as can be known. */
  secure(request: HttpRequest): boolean;
}

/** Throws {@link ConfigError} for an entry that is no address or range. */
export function createClientAddress(trustedProxies: readonly string[], publicUrl: string): ClientAddress {
  const proxies = blockList(trustedProxies);
  const trusted = (address: string): boolean => contains(proxies, address);
  return {
    address(request) {
      if (!trusted(request.peerAddress)) return request.peerAddress;
      const chain = (request.headers.get("x-forwarded-for") ?? "").split(",");
      for (let index = chain.length - 1; index >= 0; index--) {
        const address = plainAddress(chain[index] ?? "");
        if (address === "") return request.peerAddress;
        if (!trusted(address)) return address;
      }
      return request.peerAddress;
    },
    secure(request) {
      if (publicUrl.startsWith("https:")) return true;
      return trusted(request.peerAddress) && request.headers.get("x-forwarded-proto") === "https";
    },
  };
}

function blockList(entries: readonly string[]): BlockList {
  const blocks = new BlockList();
  for (const entry of entries) {
    const [address = "", prefix] = entry.split("/");
    const family = isIP(address);
    const bits = prefix === undefined ? (family === 6 ? 128 : 32) : Number(prefix);
    if (family === 0 || !Number.isInteger(bits) || bits < 0 || bits > (family === 6 ? 128 : 32))
      throw new ConfigError("trustedProxies", `BECKON_TRUSTED_PROXIES: ${entry} is no address and no range`);
    blocks.addSubnet(address, bits, family === 6 ? "ipv6" : "ipv4");
  }
  return blocks;
}

function contains(blocks: BlockList, address: string): boolean {
  const family = isIP(address);
  return family !== 0 && blocks.check(address, family === 6 ? "ipv6" : "ipv4");
}

/** Without port, brackets and the IPv4-mapped prefix; empty if it is no address. */
function plainAddress(text: string): string {
  const trimmed = text
    .trim()
    .replace(/^\[(.*)\](:\d+)?$/, "$1")
    .replace(/^::ffff:(?=\d+\.)/i, "");
  const withoutPort = /^\d+\.\d+\.\d+\.\d+:\d+$/.test(trimmed) ? trimmed.slice(0, trimmed.indexOf(":")) : trimmed;
  return isIP(withoutPort) === 0 ? "" : withoutPort;
}
