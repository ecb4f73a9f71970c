import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ApiError, SearchPage } from "../../../protocol/api.ts";
import type { SearchRequest, SearchResult } from "../../../storage/storage.ts";
import { ApiClient, startTestGateway, type TestGateway } from "../../testing/test-gateway.ts";
import { createSearchLimit, maxSearches, maxSearchesPerTenant } from "./search-limit.ts";
import { searchWithinMs } from "./search-routes.ts";

/** Searches that end when a test says so. */
function desk() {
  const limit = createSearchLimit();
  const running = new Map<string, () => void>();
  const search = (tenant: number, agent: string, text = agent): Promise<string> => {
    const found = limit.run(tenant, agent, () => new Promise<string>((end) => running.set(text, () => end(text))));
    found.catch(() => undefined);
    return found;
  };
  const end = (text: string): void => {
    running.get(text)?.();
    running.delete(text);
  };
  return { search, end, running: () => [...running.keys()] };
}

const busy = { code: "busy", retryAfterMs: 1000 };

describe("searches at once", () => {
  test("an agent has one that runs and the newest that waits", async () => {
    const { search, end, running } = desk();
    const [first, second, third] = ["a", "ab", "abc"].map((text) => search(1, "mei", text));
    await expect(second).rejects.toMatchObject(busy);
    expect(running()).toEqual(["a"]);
    end("a");
    expect(await first).toBe("a");
    const fourth = search(1, "mei", "abcd");
    expect(running()).toEqual(["abc"]);
    end("abc");
    expect(await third).toBe("abc");
    end("abcd");
    expect(await fourth).toBe("abcd");
  });

  test("a tenant has some of them, and all tenants together have more", async () => {
    const { search, end, running } = desk();
    const one = Array.from({ length: maxSearchesPerTenant }, (_, n) => search(1, `one${n}`));
    await expect(search(1, "too many")).rejects.toMatchObject(busy);
    for (let n = 0; n < maxSearches - maxSearchesPerTenant; n += 1) void search(2 + n, `other${n}`);
    expect(running()).toHaveLength(maxSearches);
    await expect(search(99, "too many")).rejects.toMatchObject(busy);
    end("one0");
    await one[0];
    void search(1, "now");
    expect(running()).toContain("now");
  });

  test("one that fails gives its place back", async () => {
    const limit = createSearchLimit();
    for (let n = 0; n < maxSearches + 1; n += 1)
      await expect(limit.run(1, `a${n}`, () => Promise.reject(new Error("down")))).rejects.toThrow("down");
    expect(await limit.run(1, "a", async () => "found")).toBe("found");
  });
});

describe("a storm of searches", () => {
  let running: TestGateway;
  beforeEach(async () => {
    running = await startTestGateway();
  });
  afterEach(() => running.stop());

  test("is answered with busy and a time to wait, while everything else is read; each has its time", async () => {
    const { storage } = running.gateway;
    const asked: SearchRequest[] = [];
    const ends: (() => void)[] = [];
    const nothing: SearchResult = { hits: [], people: [], next: "1.1.0.0", partial: true };
    storage.search = (request) => {
      asked.push(request);
      return new Promise((resolve) => ends.push(() => resolve(nothing)));
    };
    const client = new ApiClient(running.url);
    await client.signIn(running.tenants[0].emails.agent);
    const storm = Array.from({ length: 20 }, (_, n) => client.request("GET", `/api/v1/search?q=storm${n}`));
    const refused = await Promise.race(storm);
    expect(refused.status).toBe(503);
    expect(refused.headers.get("retry-after")).toBe("1");
    expect(((await refused.json()) as ApiError).error).toMatchObject(busy);
    expect((await client.request("GET", "/api/v1/conversations")).status).toBe(200);
    expect(asked).toMatchObject([{ withinMs: searchWithinMs }]);

    let answered = 0;
    for (const one of storm) void one.then(() => answered++);
    const until = async (done: () => boolean): Promise<void> => {
      while (!done()) await new Promise((resolve) => setImmediate(resolve));
    };
    await until(() => answered === storm.length - 2);
    for (let ended = 0; ended < 2; ended += 1) {
      await until(() => ends.length > 0);
      ends.shift()?.();
    }
    const answers = await Promise.all(storm);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(2);
    const found = answers.find(({ status }) => status === 200);
    expect((await found?.json()) as SearchPage).toMatchObject({ partial: true, next: "1.1.0.0" });
  });
});
