import { expect, test } from "vitest";
import {
  countsLine,
  countsOfFile,
  lastLineCounts,
  noTests,
  playwrightCounts,
  sum,
  vitestCounts,
  withExitCode,
} from "./counts.ts";

test("the last line sums all runners", () => {
  const all = [
    { passed: 1, failed: 0, skipped: 2 },
    { passed: 10, failed: 3, skipped: 0 },
  ];
  expect(countsLine(sum(all))).toBe("11 passed, 3 failed, 2 skipped");
});

test("vitest: what failed is named, also a file that does not load", () => {
  const report = {
    numFailedTests: 1,
    testResults: [
      {
        name: "a.test.ts",
        status: "failed",
        assertionResults: [
          { status: "passed", fullName: "fine" },
          { status: "failed", fullName: "counts", failureMessages: ["AssertionError: 1 is not 2\n    at here"] },
        ],
      },
      { name: "b.test.ts", status: "failed", message: "no such module", assertionResults: [] },
    ],
  };
  expect(vitestCounts(JSON.stringify(report)).failures).toEqual([
    "a.test.ts > counts: AssertionError: 1 is not 2",
    "b.test.ts: no such module",
  ]);
});

test("playwright: what failed is named", () => {
  const failed = {
    title: "talks",
    file: "a.spec.ts",
    ok: false,
    tests: [{ results: [{ error: { message: "late\n" } }] }],
  };
  const report = { stats: { unexpected: 1 }, suites: [{ suites: [{ specs: [failed] }] }] };
  const counts = playwrightCounts(JSON.stringify(report));
  expect(sum([noTests, counts]).failures).toEqual(["a.spec.ts > talks: late"]);
});

test("vitest: what is pending or to do was skipped", () => {
  const report = JSON.stringify({ numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 });
  expect(vitestCounts(report)).toMatchObject({ passed: 5, failed: 1, skipped: 3 });
});

test("playwright: a flaky test has failed", () => {
  const report = JSON.stringify({ stats: { expected: 7, unexpected: 1, flaky: 1, skipped: 1 } });
  expect(playwrightCounts(report)).toMatchObject({ passed: 7, failed: 2, skipped: 1 });
});

test("a runner that ends badly without a failed test has failed", () => {
  expect(withExitCode({ passed: 5, failed: 0, skipped: 0 }, 1).failed).toBe(1);
  expect(withExitCode({ passed: 5, failed: 2, skipped: 0 }, 1).failed).toBe(2);
  expect(withExitCode(countsOfFile("/nowhere/report.json", vitestCounts), 1).failed).toBe(1);
});

test("a program without a count is one test", () => {
  expect(lastLineCounts("ready\n2 passed, 1 failed, 0 skipped\n", 1)).toEqual({ passed: 2, failed: 1, skipped: 0 });
  expect(lastLineCounts("ready", 0)).toEqual({ passed: 1, failed: 0, skipped: 0 });
  expect(lastLineCounts("", 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});
