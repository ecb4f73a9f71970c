import { describe, expect, test } from "vitest";
import { errorMeanings } from "../../protocol/errors.ts";
import { house, openHouseBeforeEach, storage } from "./testing/house-of-each-test.ts";
import { settle, until } from "./testing/until.ts";
import { agentTokenMs, makeVisitorToken, readVisitorToken, visitorTokenMs } from "./visitor-token.ts";

openHouseBeforeEach();

describe("an agent's token", () => {
  test("is good for a minute", async () => {
    const agent = house.agentAt();
    const hello = agent.hello();
    house.clock.jump(agentTokenMs);
    agent.dial();
    agent.say(hello);
    expect(agent.socket.last("error")).toMatchObject({ code: "expired", fatal: true });
  });

  test("that was forged is refused", async () => {
    const { token } = house.core.agentToken(house.agent);
    const other = await house.addAgent(house.tenant, "owner");
    await house.core.agentChanged(house.tenant, other.id);
    for (const forged of ["", ".", "x.y", `${token}x`, token.replace(house.agent.id, other.id)]) {
      const agent = house.agentAt();
      agent.dial();
      agent.say(agent.hello({ credential: { role: "agent", token: forged || "x" } }));
      expect(agent.socket.last("error")).toMatchObject({ code: "unauthenticated", fatal: true });
    }
  });

  test("of a disabled agent is refused, and its open connections end", async () => {
    const agent = await house.agentAt().arrives();
    const hello = agent.hello();
    await house.storage.updateAgent(house.tenant, house.agent.id, { disabled: true });
    await house.core.agentChanged(house.tenant, house.agent.id);
    expect(agent.socket.last("error")).toMatchObject({ code: "expired", fatal: true });
    agent.dial();
    agent.say(hello);
    expect(agent.socket.last("error")).toMatchObject({ code: "unauthenticated", fatal: true });
  });

  test("ends at every gateway when the account is disabled, or may do less", async () => {
    const record = await house.addAgent(house.tenant, "admin");
    await house.core.agentChanged(house.tenant, record.id);
    const second = await house.addGateway({ gatewayName: "two" });
    for (const change of [{ departments: [7] }, { role: "agent" }, { disabled: true }] as const) {
      const agent = await house.agentAt(record, second).arrives();
      const colleague = await house.agentAt(house.agent, second).arrives();
      await house.storage.updateAgent(house.tenant, record.id, {
        ...change,
        departments: [...(change.departments ?? [])],
      });
      await house.core.agentChanged(house.tenant, record.id);
      const error = await agent.socket.receives("error");
      expect(error).toMatchObject({ code: "expired", fatal: true });
      expect(colleague.socket.closedWith).toBeNull();
    }
  });

  test("that was bought before the sign-out is good at no gateway any more", async () => {
    const second = await house.addGateway({ gatewayName: "two" });
    const open = await house.agentAt(house.agent, second).arrives();
    const late = house.agentAt(house.agent, second);
    const hello = late.hello();
    house.clock.advance(1000);
    house.core.signedOut(house.tenant, house.agent.id);
    expect(await open.socket.receives("error")).toMatchObject({ code: "unauthenticated", fatal: true });
    late.dial();
    late.say(hello);
    expect(late.socket.last("error")).toMatchObject({ code: "expired", fatal: true });
    house.clock.advance(1000);
    await house.agentAt(house.agent, second).arrives();
  });

  test("ends with the sign-out", async () => {
    const agent = await house.agentAt().arrives();
    house.core.signedOut(house.tenant, house.agent.id);
    expect(agent.socket.last("error")).toMatchObject({ code: "unauthenticated", fatal: true });
    expect(agent.socket.closedWith?.code).toBe(errorMeanings.unauthenticated.closeCode);
  });
});

describe("an agent's socket", () => {
  const expiresAt = 4_000_000_000_000;

  async function arrivesBy(signIn: string, endsAt = expiresAt) {
    const { tenant, agent: of } = house;
    await house.storage.createSession(signIn, { tenant, agent: of.id, createdAt: 1, expiresAt: endsAt });
    const agent = house.agentAt();
    agent.dial();
    const { token } = house.core.agentToken(house.agent, signIn);
    agent.say(agent.hello({ credential: { role: "agent", token } }));
    await agent.socket.receives("ok");
    return agent;
  }

  test("ends soon after its sign-in was taken from storage; those of other sign-ins, and of none, go on", async () => {
    const taken = await arrivesBy("first");
    const others = [await arrivesBy("second"), await house.agentAt().arrives()];
    await house.storage.deleteSession("first");
    house.clock.advance(11_000);
    await until(() => taken.socket.closedWith !== null);
    expect(taken.socket.last("error")).toMatchObject({ code: "unauthenticated", fatal: true });
    house.clock.advance(11_000);
    await settle();
    expect(others.map(({ socket }) => socket.closedWith)).toEqual([null, null]);
  });

  test("ends soon after its sign-in has run out", async () => {
    const agent = await arrivesBy("first", house.clock.now() + 5000);
    house.clock.advance(11_000);
    await until(() => agent.socket.closedWith !== null);
    expect(agent.socket.last("error")).toMatchObject({ code: "unauthenticated", fatal: true });
  });

  test("ends although the sign-in of another one cannot be read", async () => {
    const unread = await arrivesBy("first");
    const taken = await arrivesBy("second");
    await house.storage.deleteSession("second");
    storage.refuses = (name, words) => name === "session" && words[0] === "first";
    house.clock.advance(11_000);
    await until(() => taken.socket.closedWith !== null);
    expect(unread.socket.closedWith).toBeNull();
  });

  test("is looked at once, however long storage takes", async () => {
    const agent = await arrivesBy("first");
    storage.held.add("session");
    storage.calls.length = 0;
    for (let looks = 0; looks < 3; looks += 1) {
      house.clock.advance(11_000);
      agent.say({ kind: "heartbeat", nonce: 1, visible: true });
      await settle();
    }
    expect(storage.calls.filter((name) => name === "session")).toHaveLength(1);
    storage.release();
    await settle();
    house.clock.advance(11_000);
    await settle();
    expect(storage.calls.filter((name) => name === "session")).toHaveLength(2);
  });

  test("stays while storage does not answer", async () => {
    const agent = await arrivesBy("first");
    storage.down = true;
    house.clock.advance(11_000);
    await settle();
    expect(storage.calls).toContain("session");
    expect(agent.socket.closedWith).toBeNull();
  });
});

describe("a visitor's token", () => {
  test("is given at the first hello, and renewed when it is older than a day; the old one stays good", async () => {
    const visitor = await house.visitor().arrives();
    const first = visitor.socket.last("ok")?.token ?? "";
    expect(readVisitorToken(house.signer, first, house.clock.now())).toMatchObject({
      visitor: visitor.id,
      expires: house.clock.now() + visitorTokenMs,
    });
    const { site, secret } = visitor;
    const credential = { role: "visitor", site: site.key, secret, token: first } as const;
    await visitor.arrives({ credential });
    expect(visitor.socket.last("ok")).not.toHaveProperty("token");
    house.clock.jump(2 * 86_400_000);
    await visitor.arrives({ credential });
    const second = visitor.socket.last("ok")?.token ?? "";
    expect(second).not.toBe("");
    expect(readVisitorToken(house.signer, first, house.clock.now())).not.toBeNull();
    house.clock.jump(visitorTokenMs);
    expect(readVisitorToken(house.signer, first, house.clock.now())).toBeNull();
  });

  test("that is forged proves nothing, and hurts nobody", async () => {
    const visitor = house.visitor();
    const { site, secret } = visitor;
    await visitor.arrives({ credential: { role: "visitor", site: site.key, secret, token: "1.1.1.x..9.9.forged" } });
    expect(visitor.socket.last("ok")?.principal).toBe(visitor.id);
  });

  test("a revoked visitor is turned away before anything of the thread is told; a newer token is good", async () => {
    const visitor = await house.visitor().arrives();
    const { log } = await visitor.writes("current", "private");
    const revocation = await house.storage.revokeVisitor(house.tenant, visitor.id);
    const held = [{ address: log, epoch: "x", seen: 1, delivered: 1, read: 1 }];
    await visitor.arrives({ positions: held });
    await visitor.socket.receives("error", (frame) => frame.code === "revoked" && frame.fatal);
    expect(visitor.socket.texts.join()).not.toContain("private");

    await visitor.arrives();
    visitor.say(visitor.frame("current", { kind: "text", text: "more" }));
    await visitor.socket.receives("error", (frame) => frame.code === "revoked");
    expect(visitor.socket.of("ack")).toEqual([]);

    const { tenant, site } = house.site;
    const expires = house.clock.now() + 1000;
    const token = makeVisitorToken(house.signer, {
      tenant,
      site,
      visitor: visitor.id,
      contact: "",
      revocation,
      expires,
    });
    const credential = { role: "visitor", site: house.site.key, secret: visitor.secret, token } as const;
    await visitor.arrives({ credential, positions: held });
    await visitor.socket.receives("log", (frame) => frame.log === log);
  });

  test("the id of a visitor is 128 bits, and differs by site and secret", async () => {
    const visitor = house.visitor();
    expect(Buffer.from(visitor.id, "base64url").toString("base64url")).toBe(visitor.id);
    const other = await house.addSite(house.tenant, "Other");
    expect(house.visitor({ site: other, secret: visitor.secret }).id).not.toBe(visitor.id);
    expect(house.visitor().id).not.toBe(visitor.id);
  });
});
