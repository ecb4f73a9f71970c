import { expect, test } from "vitest";
import { faultsOf } from "./machine-paths.ts";

const slash = "/"; // keeps this file clean of what it looks for

test.each([
  ["a home folder", `open("${slash}home/somebody/beckon")`],
  ["a checkout", `see ${slash}work/checkout`],
  ["a registry", `https:${slash}${slash}registry${"."}example.org${slash}preact`],
  ["an address in the lock file", `"resolved": "https${":"}//packages.example/preact.tgz"`],
])("%s is found with its file and line", (_what, line) => {
  expect(faultsOf("a.ts", `first\n${line}`)).toEqual([expect.stringMatching(/^a\.ts:2: /)]);
});

test("addresses and relative paths are not mistaken for machine paths", () => {
  expect(faultsOf("a.ts", "https://example.com/home/page\n../home/x\n/var/lib/beckon\n/assets/root/x")).toEqual([]);
});
