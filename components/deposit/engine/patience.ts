import type { Access } from "./access.ts";
import type { AlarmClock } from "./alarm-clock.ts";
import { backoffMs, chooseRemedy, type Failure, RequestFailedError, type Stop } from "./failure.ts";
import type { Wait } from "./state.ts";
import { UnreadableAnswerError } from "./wire.ts";

const ACCESS_LOST: Stop = { code: "access_lost", detail: null };

export type PatienceOptions = {
  clock: AlarmClock;
  signal: AbortSignal;
  access: Access | null;
  /** Told before each wait, and with null when it is over. */
  onWait: (wait: Wait | null) => void;
  /** Asked for smaller requests; a `Stop` when they cannot be smaller. */
  onSmaller?: (isRefusal: boolean) => Stop | null;
  /** Asked for POST in place of PATCH; false when that was tried already. */
  onOverride?: () => boolean;
};

/** Faces failures one after the other, as long as it takes: waits, renews the access, or says to stop. */
export type Patience = {
  /** Null: try again now (or the signal has aborted). */
  face(failure: Failure): Promise<Stop | null>;
  /** Something went through: the next failure is the first one again. */
  progressed(): void;
};

export function createPatience(options: PatienceOptions): Patience {
  let failures = 0;
  let renewals = 0;

  const wait = async (reason: Wait["reason"], delayMs: number) => {
    const isOffline = globalThis.navigator?.onLine === false;
    const resumeAtMs = Date.now() + delayMs;
    options.onWait({ reason: isOffline ? "offline" : reason, resumeAtMs, attempt: failures });
    await options.clock.wait(delayMs, options.signal);
    options.onWait(null);
  };

  const renewAccess = async (): Promise<Stop | null> => {
    renewals += 1;
    if (options.access === null || renewals > 2) return ACCESS_LOST;
    try {
      await options.access.renew();
      return null;
    } catch (error) {
      const failure = failureOf(error);
      if (failure.status === 401 || failure.status === 403) return ACCESS_LOST;
      renewals -= 1;
      return face(failure);
    }
  };

  const face = async (failure: Failure): Promise<Stop | null> => {
    if (options.signal.aborted) return null;
    failures += 1;
    const remedy = chooseRemedy(failure);
    switch (remedy.kind) {
      case "renew_access":
        return renewAccess();
      case "stop":
        return remedy.stop;
      case "again": {
        if (remedy.override && !options.onOverride?.()) return { code: "refused", detail: null };
        return remedy.smaller ? (options.onSmaller?.(true) ?? null) : null;
      }
      case "wait": {
        if (remedy.smaller) options.onSmaller?.(false);
        // Another offset than ours is the ordinary trace of a lost answer: asking again at once is enough.
        if (remedy.reason === "offset" && failures === 1) return null;
        await wait(remedy.reason, remedy.delayMs ?? backoffMs(failures));
        return null;
      }
    }
  };

  return {
    face,
    progressed: () => {
      failures = 0;
      renewals = 0;
    },
  };
}

/** The failure inside an error; what is not one is treated as an answer that never came. */
export function failureOf(error: unknown): Failure {
  if (error instanceof RequestFailedError) return error.failure;
  const status = error instanceof UnreadableAnswerError ? 502 : null;
  return { status, problem: null, retryAfterMs: null, method: "GET" };
}

export type Outcome<T> = { kind: "done"; value: T } | { kind: "aborted" } | { kind: "stopped"; stop: Stop };

/** Runs a call until it succeeds, must stop, or the signal aborts. */
export async function persist<T>(run: () => Promise<T>, options: PatienceOptions): Promise<Outcome<T>> {
  const patience = createPatience(options);
  while (!options.signal.aborted) {
    try {
      return { kind: "done", value: await run() };
    } catch (error) {
      const stop = await patience.face(failureOf(error));
      if (stop) return { kind: "stopped", stop };
    }
  }
  return { kind: "aborted" };
}
