import { describe, expect, test } from "vitest";
import { ConfigError } from "../config.ts";
import type { HttpRequest } from "../runtime/runtime.ts";
import { createClientAddress } from "./client-address.ts";

function request(peerAddress: string, headers: Record<string, string> = {}): HttpRequest {
  const body = (): Promise<Uint8Array> => Promise.resolve(new Uint8Array());
  return { method: "GET", path: "/", query: "", headers: new Map(Object.entries(headers)), peerAddress, body };
}

describe("the client's address", () => {
  const clients = createClientAddress(["10.0.0.0/8", "127.0.0.1", "::1"], "");

  test("a forged X-Forwarded-For from anybody else does not count", () => {
    const forged = request("203.0.113.9", { "x-forwarded-for": "198.51.100.1", "x-forwarded-proto": "https" });
    expect(clients.address(forged)).toBe("203.0.113.9");
    expect(clients.secure(forged)).toBe(false);
  });

  test("behind a listed proxy its word counts", () => {
    const proxied = request("10.1.2.3", { "x-forwarded-for": "198.51.100.1", "x-forwarded-proto": "https" });
    expect(clients.address(proxied)).toBe("198.51.100.1");
    expect(clients.secure(proxied)).toBe(true);
  });

  test("what a client writes before the proxy's own entry is not believed", () => {
    expect(clients.address(request("10.1.2.3", { "x-forwarded-for": "1.1.1.1, 198.51.100.7" }))).toBe("198.51.100.7");
    expect(clients.address(request("10.1.2.3", { "x-forwarded-for": "1.1.1.1, 198.51.100.7, 10.9.9.9" }))).toBe(
      "198.51.100.7",
    );
  });

  test("ports, brackets and mapped addresses are taken off", () => {
    expect(clients.address(request("::1", { "x-forwarded-for": "[2001:db8::1]:443" }))).toBe("2001:db8::1");
    expect(clients.address(request("::1", { "x-forwarded-for": "198.51.100.7:5000" }))).toBe("198.51.100.7");
    expect(clients.address(request("::1", { "x-forwarded-for": "::ffff:198.51.100.7" }))).toBe("198.51.100.7");
  });

  test("nonsense falls back to the proxy's address", () => {
    expect(clients.address(request("127.0.0.1", { "x-forwarded-for": "unknown" }))).toBe("127.0.0.1");
    expect(clients.address(request("127.0.0.1"))).toBe("127.0.0.1");
    expect(clients.address(request("127.0.0.1", { "x-forwarded-for": "10.0.0.1" }))).toBe("127.0.0.1");
  });

  test("an https public address makes every request secure", () => {
    expect(createClientAddress([], "https://chat.example").secure(request("203.0.113.9"))).toBe(true);
  });

  test.each(["10.0.0.0/33", "10.0.0", "::/129", "10.0.0.0/x"])("%s is no proxy", (entry) => {
    expect(() => createClientAddress([entry], "")).toThrow(ConfigError);
  });
});
