import { readFileSync } from "node:fs";

/** How many tests of one kind ended how. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const noTests: Counts = { passed: 0, failed: 0, skipped: 0 };

export function sum(all: readonly Counts[]): Counts {
  return all.reduce(
    (total, counts) => ({
      passed: total.passed + counts.passed,
      failed: total.failed + counts.failed,
      skipped: total.skipped + counts.skipped,
    }),
    noTests,
  );
}

export function countsLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** What a runner reported, unless its exit code says that more went wrong (a file that does not load, an error outside of a test). */
export function withExitCode(counts: Counts, exitCode: number): Counts {
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** Vitest's JSON report. */
export function vitestCounts(report: string): Counts {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(report) as Record<
    string,
    number
  >;
  return {
    passed: numPassedTests ?? 0,
    failed: numFailedTests ?? 0,
    skipped: (numPendingTests ?? 0) + (numTodoTests ?? 0),
  };
}

/** Playwright's JSON report. A test that passed at the second try has failed. */
export function playwrightCounts(report: string): Counts {
  const { stats } = JSON.parse(report) as { stats: Record<string, number> };
  return {
    passed: stats.expected ?? 0,
    failed: (stats.unexpected ?? 0) + (stats.flaky ?? 0),
    skipped: stats.skipped ?? 0,
  };
}

/** The last line of a program that counts as we do; one that does not is one test. */
export function lastLineCounts(output: string, exitCode: number): Counts {
  const found = /(\d+) passed, (\d+) failed(?:, (\d+) skipped)?\s*$/.exec(output);
  if (found === null) return { ...noTests, [exitCode === 0 ? "passed" : "failed"]: 1 };
  return { passed: Number(found[1]), failed: Number(found[2]), skipped: Number(found[3] ?? 0) };
}

/** The counts in a report file; a runner that wrote none ran nothing. */
export function countsOfFile(path: string, read: (report: string) => Counts): Counts {
  let report: string;
  try {
    report = readFileSync(path, "utf8");
  } catch {
    return noTests;
  }
  return read(report);
}
