import { existsSync, readFileSync } from "node:fs";
import { relative } from "node:path";
import { z } from "zod";
import { PROJECT_DIRECTORY } from "./run-part.ts";

/** A test that failed, and the command that runs it alone. */
export interface Failure {
  readonly title: string;
  readonly command: string;
}

const VitestReport = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), duration: z.number().nullish() }),
      ),
    }),
  ),
});

const PlaywrightSuite = z.object({
  specs: z
    .array(z.object({ title: z.string(), ok: z.boolean(), file: z.string(), line: z.number() }))
    .default([]),
  get suites() {
    return z.array(PlaywrightSuite).default([]);
  },
});
const PlaywrightReport = z.object({ suites: z.array(PlaywrightSuite) });
type PlaywrightSuite = z.infer<typeof PlaywrightSuite>;

/** What failed in a run of vitest, by its JSON report; empty where there is none. */
export function listVitestFailures(reportPath: string): Failure[] {
  if (!existsSync(reportPath)) return [];
  const report = VitestReport.parse(JSON.parse(readFileSync(reportPath, "utf8")));
  return report.testResults.flatMap(({ name, status, assertionResults }) => {
    const file = relative(PROJECT_DIRECTORY, name);
    const command = `npm run test:parts -- ${quote(file)}`;
    const failed = assertionResults.filter((test) => test.status === "failed");
    // One that could not be loaded has no tests.
    if (failed.length === 0) return status === "failed" ? [{ title: file, command }] : [];
    return failed.map(({ fullName }) => ({
      title: `${file}: ${fullName}`,
      command: `${command} -t ${quote(escapePattern(fullName))}`,
    }));
  });
}

/** The slowest tests of a run of vitest, in seconds. */
export function listSlowest(reportPath: string, count: number): { seconds: number; title: string }[] {
  if (!existsSync(reportPath)) return [];
  const report = VitestReport.parse(JSON.parse(readFileSync(reportPath, "utf8")));
  return report.testResults
    .flatMap(({ name, assertionResults }) =>
      assertionResults.map(({ fullName, duration }) => ({
        seconds: (duration ?? 0) / 1000,
        title: `${relative(PROJECT_DIRECTORY, name)}: ${fullName}`,
      })),
    )
    .toSorted((a, b) => b.seconds - a.seconds)
    .slice(0, count);
}

/** What failed in a run of Playwright, by its JSON report. */
export function listPlaywrightFailures(reportPath: string): Failure[] {
  if (!existsSync(reportPath)) return [];
  const report = PlaywrightReport.parse(JSON.parse(readFileSync(reportPath, "utf8")));
  return report.suites.flatMap(listSpecs).flatMap(({ ok, file, line, title }) => {
    const place = `e2e/${file}:${line}`;
    return ok ? [] : [{ title: `${place}: ${title}`, command: `npm run test:browser -- ${quote(place)}` }];
  });
}

function listSpecs({ specs, suites }: PlaywrightSuite): PlaywrightSuite["specs"] {
  return [...specs, ...suites.flatMap(listSpecs)];
}

/** For a shell. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** The option takes a pattern, and names hold parentheses and full stops. */
function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
