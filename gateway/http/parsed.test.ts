import { describe, expect, test } from "vitest";
import { maxFailuresPerAccountAndAddress } from "../accounts/login-throttle.ts";
import { minPasswordChars } from "../accounts/password.ts";
import { codeOf, owner, running, startGatewayBeforeAll } from "../testing/gateway-of-all-tests.ts";
import { ApiClient } from "../testing/test-gateway.ts";
import { maxQueryChars } from "./api/search-routes.ts";
import { maxBodyBytes } from "./api.ts";

startGatewayBeforeAll();

describe("bad input is answered by a code and harms nobody", () => {
  test.each([
    ["no JSON", "POST", "/api/v1/agents", "{", "malformed"],
    [
      "an unknown field",
      "POST",
      "/api/v1/agents",
      { email: "a@b.example", name: "A", role: "agent", password: "x".repeat(20), admin: true },
      "invalid",
    ],
    [
      "a short password",
      "POST",
      "/api/v1/agents",
      { email: "a@b.example", name: "A", role: "agent", password: "x".repeat(minPasswordChars - 1) },
      "invalid",
    ],
    [
      "a control character",
      "POST",
      "/api/v1/agents",
      { email: "a@b.example", name: "A\u0007", role: "agent", password: "x".repeat(20) },
      "invalid",
    ],
    [
      "a long name",
      "POST",
      "/api/v1/agents",
      { email: "a@b.example", name: "A".repeat(121), role: "agent", password: "x".repeat(20) },
      "invalid",
    ],
    [
      "an unknown role",
      "POST",
      "/api/v1/agents",
      { email: "a@b.example", name: "A", role: "god", password: "x".repeat(20) },
      "invalid",
    ],
    ["no origin", "PATCH", "/api/v1/sites/site-north", { origins: ["shop.example"] }, "invalid"],
    ["no colour", "PATCH", "/api/v1/sites/site-north", { color: "red;background:url(x)" }, "invalid"],
    ["too many days", "PATCH", "/api/v1/sites/site-north", { reopenDays: 366 }, "invalid"],
    ["a long query", "GET", `/api/v1/search?q=${"a".repeat(maxQueryChars + 1)}`, undefined, "invalid"],
    ["an empty query", "GET", "/api/v1/search?q=%20", undefined, "invalid"],
    ["a forged cursor", "GET", "/api/v1/conversations?before=1%20OR%201", undefined, "invalid"],
    ["a large body", "PATCH", "/api/v1/me", JSON.stringify({ name: "a".repeat(maxBodyBytes) }), "too-large"],
    ["an unknown route", "GET", "/api/v1/nothing", undefined, "not-found"],
  ])("%s", async (_name, method, path, body, code) => {
    const client = await owner();
    const response = await client.request(method, path, body);
    expect(await codeOf(response)).toBe(code);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect((await client.request("GET", "/api/v1/session")).status).toBe(200);
  });

  const site = "/api/v1/sites/site-north";
  test.each([
    [site, [], undefined, "the body must be an object"],
    [site, "text", undefined, "the body must be an object"],
    [site, { nope: 1 }, "nope", "nope is no field of this request"],
    [site, { name: 1 }, "name", "name must be a text"],
    [site, { name: " " }, "name", "name must not be empty"],
    [site, { previews: "yes" }, "previews", "previews must be true or false"],
    [site, { side: "top" }, "side", "side must be one of left, right"],
    [site, { origins: "x" }, "origins", "origins must be a list"],
    [site, { origins: Array(101).fill("https://a.example") }, "origins", "origins must have at most 100 entries"],
    [site, { reopenDays: 366 }, "reopenDays", "reopenDays must be at most 365"],
    [site, { reopenDays: -1 }, "reopenDays", "reopenDays must be at least 0"],
    [site, { reopenDays: 1.5 }, "reopenDays", "reopenDays must be a whole number"],
    [site, { department: "1" }, "department", "department must be a number"],
    ["/api/v1/me", { password: {} }, "password.current", "password.current is missing"],
  ])("%s tells field and reason in words of its own (%#)", async (path, body, field, detail) => {
    const client = await owner();
    const response = await client.request("PATCH", path, typeof body === "string" ? JSON.stringify(body) : body);
    expect(await response.json()).toEqual({ error: { code: "invalid", ...(field && { field }), detail } });
  });

  test("a body of another type is refused, a wrong method is told the right ones", async () => {
    const client = await owner();
    expect(
      (await client.request("PATCH", "/api/v1/me", "name=x", { "content-type": "application/x-www-form-urlencoded" }))
        .status,
    ).toBe(400);
    const response = await client.request("PATCH", "/api/v1/session", {});
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST, GET, DELETE"]);
  });

  test("guessing is slowed down", async () => {
    const client = new ApiClient(running.url);
    const guess = { email: running.tenants[1].emails.viewer, password: "wrong" };
    // All at once: none of them is answered before the others have come.
    const guesses = Array.from({ length: 15 }, () => client.request("POST", "/api/v1/session", guess));
    const answers = await Promise.all(guesses);
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(maxFailuresPerAccountAndAddress);
    const slowed = answers.filter(({ status }) => status === 429);
    expect(slowed).toHaveLength(15 - maxFailuresPerAccountAndAddress);
    expect(Number(slowed[0]?.headers.get("retry-after"))).toBeGreaterThan(0);
    await expect(client.signIn(running.tenants[1].emails.viewer)).rejects.toThrow("429");
  });
});
