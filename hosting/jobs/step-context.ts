import type { Connection } from "#contract/establishment.ts";
import type { HostingContext } from "#hosting/context.ts";
import type { Provisioner } from "#hosting/provisioner/port.ts";

/** How long to wait before each further try of an operation that failed in passing; after the last, a person looks. */
export interface RetryDelays {
  readonly installMs: readonly number[];
  readonly depositMs: readonly number[];
  readonly alterMs: readonly number[];
  /** The last one goes on for ever: a deletion is never given up. */
  readonly removeMs: readonly [number, ...number[]];
}

const MINUTE_MS = 60_000;

export const RETRY_DELAYS: RetryDelays = {
  installMs: [MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS],
  depositMs: [MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS],
  alterMs: [MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS],
  removeMs: [MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, 60 * MINUTE_MS],
};

/** What the jobs have beyond what the API has. */
export interface StepContext extends HostingContext {
  readonly provisioner: Provisioner;
  readonly client: Connection["client"];
  readonly retryDelays: RetryDelays;
  readonly connectionString: string;
}
