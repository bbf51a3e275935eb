/** A past step: what it had to handle, how long it took, and what had been foreseen when it began. */
export interface PastStep {
  readonly workBytes: number;
  readonly durationMs: number;
  readonly expectedMs: number | null;
  /** Nothing waited before it: its duration is its own work. */
  readonly isAlone: boolean;
}

/** How long the work itself takes: a fixed part, and a part for each byte. */
export interface WorkModel {
  readonly fixedMs: number;
  readonly msPerByte: number;
}

/** How real durations compare with foreseen ones: half of them stay below `median` times, nine in ten below `p90`. */
export interface Calibration {
  readonly median: number;
  readonly p90: number;
}

const FEWEST_STEPS = 20;
const FIRST_GUESS: WorkModel = { fixedMs: 60_000, msPerByte: 60_000 / 1024 ** 3 };
const FIRST_CALIBRATION: Calibration = { median: 1, p90: 6 };

/** Least squares over the steps that did not wait; a guess while there are too few. */
export function fitWork(past: readonly PastStep[]): WorkModel {
  const alone = past.filter((step) => step.isAlone);
  if (alone.length < FEWEST_STEPS) return FIRST_GUESS;
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const meanBytes = mean(alone.map(({ workBytes }) => workBytes));
  const meanMs = mean(alone.map(({ durationMs }) => durationMs));
  const covariance = mean(
    alone.map(({ workBytes, durationMs }) => (workBytes - meanBytes) * (durationMs - meanMs)),
  );
  const variance = mean(alone.map(({ workBytes }) => (workBytes - meanBytes) ** 2));
  const msPerByte = variance === 0 ? 0 : Math.max(0, covariance / variance);
  return { fixedMs: Math.max(1, meanMs - msPerByte * meanBytes), msPerByte };
}

/** The work of what is before it, shared among the workers, then its own. */
export function foresee(
  model: WorkModel,
  workBytes: number,
  queue: { readonly steps: number; readonly bytes: number; readonly workers: number },
): number {
  const workMs = (steps: number, bytes: number) => steps * model.fixedMs + bytes * model.msPerByte;
  // Those at work are half way through, on average.
  const atWork = Math.min(queue.steps, queue.workers);
  const waitsMs =
    queue.steps < queue.workers ? 0 : workMs(queue.steps - atWork / 2, queue.bytes) / queue.workers;
  return waitsMs + workMs(1, workBytes);
}

/**
 * What past forecasts were worth: the quantiles of real by foreseen duration. Whatever the forecast gets wrong (a noisy
 * neighbour, retries, a worker more), the next promise is stretched or shrunk by as much.
 */
export function calibrate(past: readonly PastStep[]): Calibration {
  const ratios = past
    .flatMap(({ durationMs, expectedMs }) =>
      expectedMs === null ? [] : [durationMs / Math.max(1, expectedMs)],
    )
    .sort((left, right) => left - right);
  if (ratios.length < FEWEST_STEPS) return FIRST_CALIBRATION;
  const at = (share: number) =>
    ratios[Math.min(ratios.length - 1, Math.ceil(share * (ratios.length + 1)) - 1)] ?? 1;
  return { median: at(0.5), p90: at(0.9) };
}
