/** The exit codes by which a child tells its supervisor that starting it again would not help. */
export const EXIT_CONFIGURATION = 78;
export const EXIT_ADDRESS_IN_USE = 98;

/** Tells the supervisor, if there is one, that this process does its work: should it die, it is started again at once. */
export function tellReady(): void {
  process.send?.("ready");
}

/**
 * Calls `leave` once, when the process is asked to go (SIGTERM, SIGINT) or its supervisor is gone, then ends; at the
 * latest after `timeoutMs`.
 */
export function onLeave(leave: (reason: string) => Promise<void>, timeoutMs: number): void {
  let isLeaving = false;
  const go = (reason: string) => {
    if (isLeaving) return;
    isLeaving = true;
    setTimeout(() => process.exit(1), timeoutMs).unref();
    leave(reason).then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on("SIGTERM", () => go("SIGTERM"));
  process.on("SIGINT", () => go("SIGINT"));
  if (process.channel) process.on("disconnect", () => go("the supervisor is gone"));
}
