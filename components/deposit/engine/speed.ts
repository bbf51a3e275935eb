const WINDOW_MS = 30_000;
const SAMPLE_MS = 500;
const FIRST_ESTIMATE_MS = 3_000;

/** Averages a speed over the last half minute, so that the time left does not jump about. */
export type SpeedMeter = {
  /** Tells the running total of bytes sent. */
  record(totalBytes: number, nowMs: number): void;
  /** Bytes a second; null as long as there is too little to say. */
  bytesPerSecond(): number | null;
  reset(): void;
};

export function createSpeedMeter(): SpeedMeter {
  let samples: { totalBytes: number; atMs: number }[] = [];
  return {
    record: (totalBytes, nowMs) => {
      const last = samples.at(-1);
      if (last && nowMs - last.atMs < SAMPLE_MS) return;
      // A resumed file may fall back to what the server really has: the past says nothing any more.
      if (last && totalBytes < last.totalBytes) samples = [];
      samples.push({ totalBytes, atMs: nowMs });
      samples = samples.filter((sample) => nowMs - sample.atMs <= WINDOW_MS);
    },
    bytesPerSecond: () => {
      const first = samples[0];
      const last = samples.at(-1);
      if (!first || !last || last.atMs - first.atMs < FIRST_ESTIMATE_MS) return null;
      return ((last.totalBytes - first.totalBytes) / (last.atMs - first.atMs)) * 1000;
    },
    reset: () => {
      samples = [];
    },
  };
}
