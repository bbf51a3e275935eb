// npm run test:deep -- --minutes=N --seed=S --only=NAME,NAME: what takes as long as one lets it.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildIfNeeded } from "#scripts/build.ts";
import { type PartResult, runPart, toMinutes } from "./run-part.ts";

interface Harness {
  readonly name: string;
  readonly what: string;
  /** How much of the time it gets, beside the others. */
  readonly share: number;
  /** Test files that try all they know in a deep run, then the harness's own file. */
  readonly files: readonly string[];
  /** Only the tests of these names. */
  readonly filter?: string;
  /** Runs the files; vitest unless it is said. */
  readonly runner?: "playwright";
}

const own = (name: string) => `tests/deep/${name}.deep.ts`;
const HARNESSES: readonly Harness[] = [
  { name: "crash", what: "kills at random", share: 6, files: [own("crash")] },
  { name: "lifecycle", what: "model of an establishment's life", share: 4, files: [own("lifecycle")] },
  { name: "requests", what: "generated requests", share: 3, files: [own("requests")] },
  { name: "deposit", what: "model of a deposit", share: 2, files: [own("deposit")] },
  { name: "tus", what: "model of an upload, over HTTP", share: 2, files: [own("tus")] },
  { name: "load", what: "a thousand uploads at once", share: 2, files: [own("load")] },
  { name: "memory", what: "one large upload after another", share: 2, files: [own("memory")] },
  { name: "rush", what: "many jobs at once", share: 0.5, files: [own("rush")] },
  { name: "handover", what: "a file that goes on at another server", share: 0.5, files: [own("handover")] },
  {
    ...{
      name: "journey",
      what: "a school's way, with a main base of 300 MiB",
      share: 1.5,
      runner: "playwright",
    },
    files: ["school.spec.ts"],
  },
  {
    ...{ name: "provisioners", what: "killed at every moment that is known", share: 2, filter: "killed" },
    files: ["hosting/provisioner/command.test.ts", "hosting/provisioner/folder.test.ts"],
  },
  {
    ...{ name: "archives", what: "every byte damaged, random archives, beyond 4 GiB", share: 3 },
    files: ["damaged", "second-opinion", "write"]
      .map((file) => `hosting/archive/${file}.test.ts`)
      .concat(own("archive-beyond-4-gib")),
  },
];

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "10" },
    seed: { type: "string", default: String(Date.now() % 100_000) },
    only: { type: "string", default: HARNESSES.map(({ name }) => name).join(",") },
  },
});
const [minutes, seed] = [Number(values.minutes), Number(values.seed)];
const names = values.only.split(",");
const chosen = HARNESSES.filter(({ name }) => names.includes(name));
if (!(minutes > 0) || !Number.isSafeInteger(seed) || chosen.length < names.length) {
  console.error("usage: npm run test:deep -- [--minutes=10] [--seed=N] [--only=NAME,NAME]");
  for (const { name, what } of HARNESSES) console.error(`  ${name.padEnd(12)} ${what}`);
  process.exit(2);
}

buildIfNeeded();
const directory = mkdtempSync(join(tmpdir(), "bcdi-deep-"));
const shares = chosen.reduce((sum, { share }) => sum + share, 0);
const results: PartResult[] = [];
try {
  const first = await runPart("a first deployment", ["node", "tests/deployment/prepare.ts", directory]);
  if (!first.isRight) throw new Error("no deployment of this build starts: what it printed is above");
  for (const harness of chosen) {
    const own = (minutes * harness.share) / shares;
    console.log(`\n— ${harness.name}: ${harness.what} (seed ${seed}, ${own.toFixed(1)} minutes)`);
    results.push(await runHarness(harness, own));
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}

/** A harness of its own stops when its time is over; files of tests are run again, with the next seed, until it is. */
async function runHarness({ name, files, filter, runner }: Harness, own: number): Promise<PartResult> {
  const words = [
    ...(runner ? [runner, "test"] : ["vitest", "run"]),
    ...files,
    ...(filter === undefined ? [] : ["-t", filter]),
  ];
  const stopsByItself = runner !== undefined || files.every((file) => file.endsWith(".deep.ts"));
  let seconds = 0;
  for (let round = 0; ; round += 1) {
    const part = await runPart(name, words, {
      variables: {
        ...{ DEEP_MINUTES: String(own), DEEP_SEED: String(seed + round) },
        PREPARED_POSTGRES: join(directory, "postgres"),
      },
    });
    seconds += part.seconds;
    if (part.isRight && !stopsByItself && seconds < own * 60) continue;
    if (!stopsByItself) console.log(`${name}: seeds ${seed} to ${seed + round}`);
    return { ...part, seconds };
  }
}

console.log("");
for (const { name, isRight, seconds } of results) {
  const again = `npm run test:deep -- --only=${name} --seed=${seed} --minutes=${minutes}`;
  console.log(
    `${isRight ? "✓" : "✗"} ${name.padEnd(12)} seed ${seed}, ${toMinutes(seconds)}${isRight ? "" : `\n    ${again}`}`,
  );
}
process.exitCode = results.every(({ isRight }) => isRight) ? 0 : 1;
