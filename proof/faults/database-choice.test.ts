import { expect, it } from "vitest";
import { readDatabase } from "./database-choice.ts";

it.each([
  [undefined, { choices: ["sqlite", "mariadb"], sqlitePath: null, serverUrl: null }],
  ["sqlite", { choices: ["sqlite"], sqlitePath: null, serverUrl: null }],
  ["mariadb", { choices: ["mariadb"], sqlitePath: null, serverUrl: null }],
  ["sqlite:/tmp/a b.sqlite", { choices: ["sqlite"], sqlitePath: "/tmp/a b.sqlite", serverUrl: null }],
  ["mysql://root@127.0.0.1:3307", { choices: ["mariadb"], sqlitePath: null, serverUrl: "mysql://root@127.0.0.1:3307" }],
] as const)("--database %s", (text, wish) => {
  expect(readDatabase(text)).toEqual(wish);
});

it.each(["", "sqlite:", "mysql://", "postgres://root@127.0.0.1", "mariadb,sqlite", "/tmp/x.sqlite"])(
  "--database %j is refused in a sentence",
  (text) => {
    expect(() => readDatabase(text)).toThrow("--database is sqlite, mariadb, sqlite:FILE or mysql://USER@HOST:PORT");
  },
);
