import { DEPOSITS, simulateWeek } from "#tests/hosting/simulated-week.ts";

/** Lines for the benchmark's report. */
export function benchEstimates(): string[] {
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  return [1, 2, 3].map((seed) => {
    const { endedBeforeLatest, endedBeforeEstimated } = simulateWeek(seed);
    return `estimates, simulated week of ${DEPOSITS} deposits, seed ${seed}: ${percent(endedBeforeLatest)} end before latestAt (goal 85–95 %), ${percent(endedBeforeEstimated)} before estimatedAt`;
  });
}

if (process.argv[1] === import.meta.filename) console.log(benchEstimates().join("\n"));
