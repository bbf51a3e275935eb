import type { Database } from "#platform/database/client.ts";

const EVERY_MS = 5_000;
const FRESH_MS = 30_000;

/** Says every few seconds that this process lives; returns how to stop. */
export function startHeartbeat(
  db: Pick<Database, "heartbeat">,
  role: "server" | "worker",
): () => Promise<void> {
  const process_ = `${role}-${process.pid}`;
  const beat = async () => {
    const at = new Date();
    await db.heartbeat.upsert({
      where: { process: process_ },
      create: { process: process_, role, at },
      update: { at },
    });
    const stale = new Date(at.getTime() - 100 * FRESH_MS);
    await db.heartbeat.deleteMany({ where: { at: { lt: stale } } });
  };
  // A beat that fails is missed: that is what a heartbeat is for.
  const timer = setInterval(() => void beat().catch(() => {}), EVERY_MS);
  void beat().catch(() => {});
  return async () => {
    clearInterval(timer);
    await db.heartbeat.deleteMany({ where: { process: process_ } }).catch(() => {});
  };
}

/** True while a process of this role has said so lately. */
export async function isAlive(db: Pick<Database, "heartbeat">, role: "server" | "worker"): Promise<boolean> {
  const since = new Date(Date.now() - FRESH_MS);
  return (await db.heartbeat.findFirst({ where: { role, at: { gte: since } } })) !== null;
}
