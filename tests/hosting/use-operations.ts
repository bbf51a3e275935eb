import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { State } from "#contract/states.ts";
import type { HostingContext } from "#hosting/context.ts";
import { systemClock } from "#platform/clock.ts";
import { type Database, openDatabase } from "#platform/database/client.ts";
import { readEnvironment } from "#platform/environment/environment.ts";
import { createLogger } from "#platform/log.ts";
import { openQueue, type Queue } from "#platform/queue/queue.ts";
import type { Establishment, Prisma } from "#prisma/generated/client.ts";
import { rneOf } from "#tests/client/rne.ts";
import { useTestDatabase } from "#tests/database/test-database.ts";

export const OPERATOR = "operator@host.test";

/** HOSTING on a PostgreSQL and a queue of its own, at which nobody works unless the test does. */
export interface OperationsTest {
  readonly context: HostingContext;
  readonly db: Database;
  readonly queue: Queue;
  /** An establishment that stands in a state, an hour since unless told otherwise, with no job. */
  place(state: State, change?: Partial<Prisma.EstablishmentUncheckedCreateInput>): Promise<Establishment>;
  /** The payloads and states of a kind's jobs, oldest first. */
  listJobs(name: string): Promise<{ data: unknown; state: string; isDue: boolean }[]>;
}

export async function useOperations(): Promise<OperationsTest> {
  const connectionString = await useTestDatabase();
  const directory = mkdtempSync(join(tmpdir(), "bcdi-operations-"));
  const db = openDatabase(connectionString);
  const log = createLogger("silent", "test");
  const queue = await openQueue({ connectionString, log, role: "sender", jobs: [] });
  onTestFinished(async () => {
    await queue.stop(1_000);
    await db.$disconnect();
    rmSync(directory, { recursive: true, force: true });
  });
  const settings = readEnvironment({ DATA_DIR: directory, WEBHOOK_URL: "http://127.0.0.1:9/events" });
  const context: HostingContext = { db, queue, clock: systemClock, log, settings };
  let revision = 0n;
  const place: OperationsTest["place"] = async (state, change = {}) => {
    revision += 1n;
    const since = new Date(Date.now() - 3_600_000);
    const rne = rneOf(Number(revision));
    const data = {
      rne,
      griffe: `LYCEE ${revision}`,
      code: "ABCDEFGH",
      version: "CL",
      state,
      since,
      revision,
      ...change,
    };
    const establishment = await db.establishment.create({ data });
    await db.history.create({
      data: { rne: data.rne, cycle: 1, revision, state, at: since, authorKind: "job", authorName: "test" },
    });
    return establishment;
  };
  const listJobs: OperationsTest["listJobs"] = (name) =>
    db.$queryRaw`SELECT data, state::text AS state, start_after <= now() AS "isDue"
      FROM queue.job WHERE name = ${name} ORDER BY created_on`;
  return { context, db, queue, place, listJobs };
}

/** An incident as a step that fails opens it. */
export async function openFailure(
  { db }: OperationsTest,
  { rne, kind, reference = "TESTREF2" }: { rne: string; kind: string; reference?: string },
): Promise<string> {
  const problem = { code: kind, title: "t", detail: "d", action: "wait", retryable: true, reference };
  await db.incident.create({
    data: { reference, rne, kind, detail: "ProvisionerFailure: boom", openedAt: new Date() },
  });
  await db.establishment.update({ where: { rne }, data: { problem } });
  return reference;
}

/** An event to a receiver that is not there. */
export async function placeEvent(
  { db }: OperationsTest,
  change: Partial<Prisma.EventUncheckedCreateInput> = {},
): Promise<string> {
  const id = randomUUID();
  const createdAt = new Date(Date.now() - 3_600_000);
  await db.event.create({ data: { id, rne: "0000001B", payload: "{}", createdAt, ...change } });
  return id;
}
