/** Waits that end early when the network comes back, when asked to, or when the signal aborts. */
export type AlarmClock = {
  /** Resolves after `delayMs`, or at once on `wakeAll` or on abortion. */
  wait(delayMs: number, signal: AbortSignal): Promise<void>;
  wakeAll(): void;
};

export function createAlarmClock(): AlarmClock {
  const sleepers = new Set<() => void>();
  return {
    wait: (delayMs, signal) =>
      new Promise<void>((resolve) => {
        const wake = () => {
          clearTimeout(timer);
          sleepers.delete(wake);
          signal.removeEventListener("abort", wake);
          resolve();
        };
        const timer = setTimeout(wake, delayMs);
        sleepers.add(wake);
        signal.addEventListener("abort", wake);
        if (signal.aborted) wake();
      }),
    wakeAll: () => {
      for (const wake of [...sleepers]) wake();
    },
  };
}
