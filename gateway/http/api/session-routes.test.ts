import { describe, expect, test } from "vitest";
import type { SocketToken } from "../../../protocol/api.ts";
import { errorMeanings } from "../../../protocol/errors.ts";
import { openAgentSocket } from "../../testing/agent-socket.ts";
import { owner, running, startGatewayBeforeAll } from "../../testing/gateway-of-all-tests.ts";
import { ApiClient, testPassword } from "../../testing/test-gateway.ts";

startGatewayBeforeAll();

describe("signing in", () => {
  test("sets a cookie that scripts and other sites cannot use, and signing out ends it", async () => {
    const client = new ApiClient(running.url);
    const response = await client.request("POST", "/api/v1/session", {
      email: running.tenants[0].emails.agent,
      password: testPassword,
    });
    const cookie = response.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/^beckon_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/);
    await client.signIn(running.tenants[0].emails.agent);
    expect((await client.request("DELETE", "/api/v1/session")).status).toBe(204);
    expect((await client.request("GET", "/api/v1/session")).status).toBe(204);
    expect((await client.request("GET", "/api/v1/agents")).status).toBe(401);
  });

  test("a wrong password and an unknown address are answered alike", async () => {
    const client = new ApiClient(running.url);
    const answers = [];
    for (const email of [running.tenants[0].emails.agent, "nobody@north.example"]) {
      const response = await client.request("POST", "/api/v1/session", { email, password: "wrong-horse-battery" });
      answers.push([response.status, await response.text()]);
    }
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]?.[0]).toBe(401);
  });

  test("a new password ends all sessions but the one that changed it", async () => {
    const email = running.tenants[1].emails.agent;
    const [mine, theirs] = [new ApiClient(running.url), new ApiClient(running.url)];
    await mine.signIn(email);
    await theirs.signIn(email);
    await mine.json("PATCH", "/api/v1/me", { password: { current: testPassword, next: "another-horse-battery" } });
    expect((await theirs.request("GET", "/api/v1/session")).status).toBe(204);
    expect((await theirs.request("GET", "/api/v1/agents")).status).toBe(401);
    expect((await mine.request("GET", "/api/v1/session")).status).toBe(200);
    await mine.json("PATCH", "/api/v1/me", { password: { current: "another-horse-battery", next: testPassword } });
  });

  test("a wrong present password is told at its field, and changes and ends nothing", async () => {
    const mine = new ApiClient(running.url);
    const { email } = await mine
      .signIn(running.tenants[0].emails.viewer, testPassword)
      .then((session) => session.agent);
    const response = await mine.request("PATCH", "/api/v1/me", {
      password: { current: "wrong-horse-battery", next: "another-horse-battery" },
    });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: { code: "unauthenticated", field: "password.current" } });
    expect((await mine.request("GET", "/api/v1/session")).status).toBe(200);
    await new ApiClient(running.url).signIn(email, testPassword);
  });

  test("a new password ends the account's open sockets, and those that were bought for before; the others go on", async () => {
    const email = running.tenants[1].emails.agent;
    const [mine, other] = [new ApiClient(running.url), new ApiClient(running.url)];
    await mine.signIn(email);
    await other.signIn(running.tenants[1].emails.owner);
    const token = async (client: ApiClient) => (await client.json<SocketToken>("POST", "/api/v1/socket-token")).token;
    const [thief, colleague] = [
      await openAgentSocket(running.url, await token(mine)),
      await openAgentSocket(running.url, await token(other)),
    ];
    const bought = await token(mine);
    await mine.json("PATCH", "/api/v1/me", { password: { current: testPassword, next: "another-horse-battery" } });
    expect(await thief.closed).toBe(errorMeanings.unauthenticated.closeCode);
    const late = await openAgentSocket(running.url, bought);
    expect(await late.closed).toBe(errorMeanings.expired.closeCode);
    expect(colleague.socket.readyState).toBe(WebSocket.OPEN);
    const again = await openAgentSocket(running.url, await token(mine));
    expect(again.socket.readyState).toBe(WebSocket.OPEN);
    for (const { socket } of [colleague, again]) socket.close();
    await mine.json("PATCH", "/api/v1/me", { password: { current: "another-horse-battery", next: testPassword } });
  });

  test("the socket's token is bought by POST and differs each time", async () => {
    const client = await owner();
    const first = await client.json<SocketToken>("POST", "/api/v1/socket-token");
    expect(first.token.length).toBeGreaterThan(40);
    expect(first.expiresAt).toBeGreaterThan(Date.now());
  });
});
