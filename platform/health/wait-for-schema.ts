import type { Database } from "#platform/database/client.ts";
import { failureText } from "#platform/failure.ts";
import type { Logger } from "#platform/log.ts";
import { isMigrated } from "./readiness.ts";

const POLL_MS = 250;
const TELL_EVERY_MS = 10_000;

/** Waits until the worker has brought the database to this code's schema, and its queue with it. */
export async function waitForSchema(db: Pick<Database, "$queryRaw">, log: Logger): Promise<void> {
  let toldAt = 0;
  for (;;) {
    try {
      const queue = await db.$queryRaw<
        { found: string | null }[]
      >`SELECT to_regclass('queue.version')::text AS found`;
      if (queue[0]?.found && (await isMigrated(db))) return;
      throw new Error("the worker has not prepared the database yet");
    } catch (failure) {
      if (Date.now() - toldAt > TELL_EVERY_MS) {
        log.info({ failure: failureText(failure) }, "waiting for the database");
        toldAt = Date.now();
      }
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
