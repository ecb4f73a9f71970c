import { expect, test } from "vitest";
import { shortNames } from "./short-names.ts";

const names = shortNames();

test("no two properties get the same name, and none the name of another one", () => {
  const short = [...names.values()];
  expect(new Set(short).size).toBe(short.length);
  expect(short.filter((name) => names.has(name))).toEqual([]);
  expect(short.every((name) => /^[a-z_$][\w$]*$/i.test(name))).toBe(true);
  expect([...names.keys()]).toEqual(expect.arrayContaining(["listener", "drawLauncher", "nobodyHereLine"]));
});

test.each([
  ["the browser knows", "document addEventListener appendChild visibilityState Beckon WebSocket body"],
  ["the gateway knows", "kind producer ordinal seen text visit attributes startOver heartbeatMs"],
  ["the site knows", "identify shutdown hide unread message ready signature from q loaded"],
  [
    "the next page reads",
    "secret token used draft scrollFromEnd address createdAt sentOn events asked rung until key value",
  ],
  ["code reaches by its text", "waiting stored delivered read joined reopened panel shared"],
])("what %s keeps its name", (_who, kept) => {
  expect(kept.split(" ").filter((name) => names.has(name))).toEqual([]);
});
