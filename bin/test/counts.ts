import { readFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";

/** How many tests of one kind ended how. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Name and first line of the error of each that failed, as far as the runner tells. */
  readonly failures?: readonly string[];
}

export const noTests: Counts = { passed: 0, failed: 0, skipped: 0 };

export function sum(all: readonly Counts[]): Counts {
  return all.reduce(
    (total, counts) => ({
      passed: total.passed + counts.passed,
      failed: total.failed + counts.failed,
      skipped: total.skipped + counts.skipped,
      failures: [...(total.failures ?? []), ...(counts.failures ?? [])],
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

interface VitestReport {
  readonly numPassedTests?: number;
  readonly numFailedTests?: number;
  readonly numPendingTests?: number;
  readonly numTodoTests?: number;
  readonly testResults?: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages?: readonly string[] | null;
    }[];
  }[];
}

/** Vitest's JSON report. */
export function vitestCounts(text: string): Counts {
  const report = JSON.parse(text) as VitestReport;
  const failures = (report.testResults ?? []).flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((one) => one.status === "failed");
    // A file that does not load has no tests.
    if (status === "failed" && failed.length === 0) return [failure(name, message)];
    return failed.map(({ fullName, failureMessages }) => failure(`${name} > ${fullName}`, failureMessages?.[0]));
  });
  return {
    passed: report.numPassedTests ?? 0,
    failed: report.numFailedTests ?? 0,
    skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
    failures,
  };
}

interface PlaywrightSuite {
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs?: readonly {
    readonly title: string;
    readonly file: string;
    readonly ok: boolean;
    readonly tests: readonly { readonly results: readonly { readonly error?: { readonly message?: string } }[] }[];
  }[];
}

/** Playwright's JSON report. A test that passed at the second try has failed. */
export function playwrightCounts(text: string): Counts {
  const { stats, suites } = JSON.parse(text) as { stats: Record<string, number>; suites?: readonly PlaywrightSuite[] };
  return {
    passed: stats.expected ?? 0,
    failed: (stats.unexpected ?? 0) + (stats.flaky ?? 0),
    skipped: stats.skipped ?? 0,
    failures: (suites ?? []).flatMap(failuresOf),
  };
}

function failuresOf({ suites, specs }: PlaywrightSuite): string[] {
  const own = (specs ?? []).filter(({ ok }) => !ok);
  return [
    ...own.map(({ file, title, tests }) => failure(`${file} > ${title}`, tests[0]?.results[0]?.error?.message)),
    ...(suites ?? []).flatMap(failuresOf),
  ];
}

function failure(name: string, message: string | undefined): string {
  const [line = ""] = stripVTControlCharacters(message ?? "").split("\n");
  return line === "" ? name : `${name}: ${line}`;
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
