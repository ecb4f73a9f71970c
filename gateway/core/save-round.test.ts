import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { StorageBusy } from "../../storage/storage.ts";
import { SaveRound } from "./save-round.ts";
import { StorageSwitch } from "./testing/faulty-storage.ts";
import { House, type TestVisitor } from "./testing/house.ts";
import { settle, until } from "./testing/until.ts";

describe("a round", () => {
  const table = (bad: (row: number) => boolean) => {
    const stored = new Set<number>();
    let calls = 0;
    const save = async (rows: number[]): Promise<void> => {
      calls += 1;
      if (rows.some(bad)) throw new RangeError("does not fit");
      for (const row of rows) stored.add(row);
    };
    return { stored, save, calls: () => calls };
  };
  const rows = Array.from({ length: 500 }, (_, row) => row);

  test("saves all but what is refused, wherever that stands, with few statements", async () => {
    for (const bad of [[0], [499], [250], [3, 4, 5, 400]]) {
      const { stored, save, calls } = table((row) => bad.includes(row));
      const released: number[] = [];
      const round = new SaveRound();
      await round.save(rows, save, (row) => released.push(row));
      expect(stored.size).toBe(500 - bad.length);
      expect(released).toHaveLength(stored.size);
      expect(round.end()).toEqual({ saved: stored.size, refused: bad.map(() => "RangeError") });
      expect(released.slice(stored.size)).toEqual(bad);
      expect(calls()).toBeLessThan(80);
    }
  });

  test("keeps everything where nothing is taken, after a bounded number of tries", async () => {
    const { save, calls } = table(() => true);
    const released: number[] = [];
    const round = new SaveRound();
    expect(await round.save(rows, save, (row) => released.push(row))).toBe(false);
    expect(() => round.end()).toThrow("does not fit");
    expect(released).toEqual([]);
    expect(calls()).toBeLessThanOrEqual(100);
  });

  test("keeps what was not saved yet when storage stops answering", async () => {
    const { stored, save } = table((row) => row === 0);
    const released: number[] = [];
    const busy = async (some: number[]): Promise<void> => {
      if (stored.size > 0) throw new StorageBusy(1);
      await save(some);
    };
    const round = new SaveRound();
    await expect(round.save(rows, busy, (row) => released.push(row))).rejects.toThrow(StorageBusy);
    expect(released).toEqual([...stored]);
  });
});

describe("one row that storage refuses", () => {
  let house: House;
  let storage: StorageSwitch;
  beforeEach(async () => {
    storage = new StorageSwitch();
    house = await House.open({}, storage.wrap);
  });
  afterEach(() => house.close());

  const walker = async (title: string): Promise<TestVisitor> => {
    const visitor = house.visitor();
    visitor.title = title;
    await visitor.arrives({ identity: signed(title) });
    await visitor.socket.receives("identified");
    return visitor;
  };
  const signed = (id: string) => ({ id, signature: house.signer.signWith(house.site.secret, id) });
  const kept = async (visitor: TestVisitor): Promise<string[]> => {
    const visits = await house.storage.earlierVisits(house.tenant, visitor.person, Number.MAX_SAFE_INTEGER, 9);
    const pages = await Promise.all(visits.map(({ id }) => house.storage.pageViews(house.tenant, id, 9)));
    return pages.flat().map(({ title }) => title);
  };

  test("holds up no other page view, and is counted", async () => {
    storage.refuses = (name, words) => name === "saveVisits" && JSON.stringify(words[2]).includes("poison");
    const people = [await walker("poison"), await walker("Home")];
    for (const visitor of people) visitor.say({ kind: "bye" });
    house.clock.advance(40_000);
    await until(() => house.counters.get("visit_records_refused"));
    expect(await kept(people[1] as TestVisitor)).toEqual(["Home"]);
    expect(await kept(people[0] as TestVisitor)).toEqual([]);
    expect(house.counters.get("visit_records_refused")).toBe(1);
    const calls = storage.calls.length;
    house.clock.advance(60_000);
    await settle();
    expect(storage.calls.slice(calls)).not.toContain("saveVisits");
    const lines = house.logLines.filter(({ event }) => event === "visit-records-refused");
    expect(lines).toMatchObject([{ fields: { records: 1, error: "RangeError" } }]);
  });

  test("holds up no other visit and no event of another tenant", async () => {
    const other = await house.addTenant("Other");
    await house.core.siteChanged(other.tenant);
    storage.refuses = (name, words) => name === "saveVisits" && words[0] === house.tenant;
    await house.visitor().arrives();
    const visitor = await house.visitor({ site: other.site }).arrives();
    visitor.say({ kind: "event", name: "order", properties: {} });
    house.clock.advance(3000);
    await until(() => house.counters.get("visit_records_saved"));
    expect(house.counters.get("visit_records_saved")).toBe(2);
  });

  test("is kept, with all others, while storage takes nothing", async () => {
    // Pages of a visit that is not stored are nobody's: storage has nothing to do for them, which is no sign of health.
    storage.refuses = (name, words) =>
      name === "saveVisitEvents" || (name === "saveVisits" && (words[1] as []).length > 0);
    const visitor = await walker("Home");
    visitor.say({ kind: "event", name: "order", properties: {} });
    visitor.say({ kind: "bye" });
    for (let tries = 0; tries < 10; tries += 1) {
      house.clock.advance(20_000);
      await settle();
    }
    expect(house.counters.get("visit_records_refused")).toBeUndefined();
    storage.refuses = () => false;
    house.clock.advance(60_000);
    await until(() => house.counters.get("visit_records_saved"));
    await settle();
    expect(await kept(visitor)).toEqual(["Home"]);
  });

  test("holds up no profile of another visitor", async () => {
    storage.refuses = (name, words) => name === "saveVisitor" && JSON.stringify(words[3]).includes("poison");
    const [first, second] = [await walker("a"), await walker("b")];
    first.say({ kind: "set", attributes: { plan: "poison" } });
    second.say({ kind: "set", attributes: { plan: "gold" } });
    house.clock.advance(2000);
    await until(() => house.counters.get("profiles_refused"));
    expect((await house.storage.visitor(house.tenant, second.person))?.attributes).toEqual({ plan: "gold" });
    const calls = storage.calls.length;
    house.clock.advance(60_000);
    await settle();
    expect(storage.calls.slice(calls)).not.toContain("saveVisitor");
  });
});
