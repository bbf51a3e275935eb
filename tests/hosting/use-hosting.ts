import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import type { EstablishmentView } from "#contract/establishment.ts";
import { StateChangedEventSchema } from "#contract/events.ts";
import type { State } from "#contract/states.ts";
import { addFile } from "#hosting/deposit/add-file.ts";
import { completeDeposit } from "#hosting/deposit/complete.ts";
import { recordReceived } from "#hosting/deposit/record-received.ts";
import { uploadPath } from "#hosting/deposit/storage.ts";
import { createEstablishment } from "#hosting/establishment/create.ts";
import { type Author, STATE_JOBS, stateOf } from "#hosting/establishment/lifecycle.ts";
import { buildView } from "#hosting/establishment/view.ts";
import type { StepContext } from "#hosting/jobs/step-context.ts";
import {
  createFolderProvisioner,
  type FolderOptions,
} from "#hosting/provisioner/folder/folder-provisioner.ts";
import { instancePaths } from "#hosting/provisioner/folder/paths.ts";
import { createPortLeases } from "#hosting/provisioner/folder/port-leases.ts";
import type { Operation, Provisioner } from "#hosting/provisioner/port.ts";
import { type Database, openDatabase } from "#platform/database/client.ts";
import { readEnvironment } from "#platform/environment/environment.ts";
import { createLogger } from "#platform/log.ts";
import { openQueue, type Queue } from "#platform/queue/queue.ts";
import type { Establishment } from "#prisma/generated/client.ts";
import { buildZip, type FixtureEntry, NOTICES } from "#tests/archives/build-zip.ts";
import { rneOf } from "#tests/client/rne.ts";
import { useTestDatabase } from "#tests/database/test-database.ts";
import { createProvisionerDouble } from "#tests/provisioner/double.ts";
import { PlannedFaults } from "#tests/provisioner/planned-faults.ts";
import { HandWorker, type HeldRun } from "./hand-worker.ts";
import { type QueuedPayload, runQueuedStep } from "./queued-jobs.ts";

export const SCHOOL: Author = { kind: "school", name: "cdi@school.test" };
const FIRST_SCHOOL = 350_001;

/**
 * HOSTING with a real database, queue, files and provisioner, and no worker of its own: its jobs are worked by hand, at
 * the calls that say so, on a clock that the test moves. Retries follow at once.
 */
export interface HostingTest {
  readonly context: StepContext;
  readonly db: Database;
  readonly queue: Queue;
  readonly faults: Pick<PlannedFaults, "next" | "count">;
  /** Moves the clock on. */
  advance(ms: number): void;
  create(): Promise<EstablishmentView & { key: string }>;
  get(rne: string): Promise<Establishment>;
  view(rne: string): Promise<EstablishmentView>;
  /** Works the due jobs until the establishment stands in a state; fails at once where they do not lead there. */
  reach(rne: string, state: State): Promise<Establishment>;
  /** Works the next job that is due, once. */
  workNext(rne: string): Promise<void>;
  /** Works until nothing is due. */
  workAll(rne: string): Promise<void>;
  /** Works the next job up to the beginning of an operation; the test must release it. */
  hold(rne: string, operation: Operation): Promise<HeldRun>;
  /** Runs a step as a queue may deliver it: late, again, or beside another one. */
  deliver(name: string, payload: QueuedPayload, run?: { deaths?: number }): Promise<void>;
  /** One file of the deposit, sent whole or half. */
  send(rne: string, fileName: string, bytes?: Buffer, options?: { isHalf?: boolean }): Promise<string>;
  complete(rne: string): Promise<EstablishmentView>;
  /** Creates one, and leads it to BCDIREADY with a base called data. */
  createReady(): Promise<Establishment>;
  /** What the server reads as its licence. */
  readIni(rne: string): Promise<string>;
  hasInstance(rne: string): boolean;
}

export interface HostingTestOptions {
  readonly graceMinutes?: number;
  readonly retryDelays?: Partial<StepContext["retryDelays"]>;
  readonly folder?: Partial<FolderOptions>;
  /** What a test puts between hosting and the real provisioner. */
  readonly wrap?: (real: Provisioner) => Provisioner;
}

export async function useHosting(options: HostingTestOptions = {}): Promise<HostingTest> {
  const connectionString = await useTestDatabase();
  const directory = mkdtempSync(join(tmpdir(), "bcdi-jobs-"));
  const log = createLogger("silent", "test");
  const db = openDatabase(connectionString);
  const queue = await openQueue({ connectionString, log, role: "sender", jobs: [] });
  const settings = readEnvironment({
    DATA_DIR: directory,
    WEBHOOK_URL: "http://127.0.0.1:9/events",
    DELETION_GRACE_MINUTES: String(options.graceMinutes ?? 0),
  });
  const folder = createFolderProvisioner({
    dataDirectory: directory,
    templateDirectory: undefined,
    ports: createPortLeases(db, settings.BCDI_PORT_RANGE),
    publicHost: "bcdi.example",
    serverVersion: "BCDI",
    ...options.folder,
  });
  const faults = new PlannedFaults();
  let aheadMs = 0;
  const context: StepContext = {
    ...{ db, queue, log, settings, connectionString },
    provisioner: createProvisionerDouble(options.wrap?.(folder) ?? folder, faults),
    clock: { now: () => new Date(Date.now() + aheadMs) },
    client: { url: "", version: "", sha256: "" },
    retryDelays: {
      ...{ installMs: [0, 0, 0], depositMs: [0, 0, 0], alterMs: [0, 0, 0], removeMs: [0] },
      ...options.retryDelays,
    },
  };
  const worker = new HandWorker(context, faults);
  onTestFinished(async () => {
    await queue.stop(1_000);
    await db.$disconnect();
    rmSync(directory, { recursive: true, force: true });
    worker.expectIdle();
  });
  const get = (rne: string) => db.establishment.findUniqueOrThrow({ where: { rne } });
  let count = 0;

  const hosting: HostingTest = {
    ...{ context, db, queue, faults, get },
    advance: (ms) => {
      aheadMs += ms;
    },
    create: () => {
      const rne = rneOf(FIRST_SCHOOL + count);
      count += 1;
      return createEstablishment(context, { rne, griffe: "LYCÉE D’ŒTING", code: "ABCDEFGH", version: "CL" });
    },
    view: async (rne) => buildView(context, await get(rne)),
    reach: async (rne, state) => {
      await worker.reach(rne, state);
      return get(rne);
    },
    workNext: (rne) => worker.workNext(rne),
    workAll: (rne) => worker.workAll(rne),
    hold: (rne, operation) => worker.hold(rne, operation),
    deliver: (name, payload, run) => runQueuedStep(context, { name, payload }, run),
    send: async (rne, fileName, bytes = baseArchive(), { isHalf = false } = {}) => {
      const id = randomUUID();
      const file = { establishment: await get(rne), id, sizeBytes: bytes.length };
      await addFile(context, { ...file, metadata: { filename: fileName } });
      const sent = isHalf ? bytes.subarray(0, bytes.length >> 1) : bytes;
      await writeFile(uploadPath(context, { rne, id }), sent);
      await recordReceived(context, await db.baseFile.findUniqueOrThrow({ where: { id } }), sent.length);
      return id;
    },
    complete: async (rne) => completeDeposit(context, { establishment: await get(rne), author: SCHOOL }),
    createReady: async () => {
      const { rne } = await handOver(hosting);
      return hosting.reach(rne, "BCDIREADY");
    },
    readIni: (rne) => readFile(instancePaths(directory, rne).ini, "latin1"),
    hasInstance: (rne) => existsSync(instancePaths(directory, rne).root),
  };
  return hosting;
}

/** Creates one, sends a base called data and hands the deposit over. */
export async function handOver(
  hosting: HostingTest,
  sent = baseArchive(),
): Promise<{ rne: string; id: string }> {
  const { rne } = await hosting.create();
  await hosting.reach(rne, "BCDIDBWAIT");
  const id = await hosting.send(rne, "data.zip", sent);
  await hosting.complete(rne);
  return { rne, id };
}

/** A school's backup of a base: its folder, zipped. */
export function baseArchive(name = "data", more: FixtureEntry[] = []): Buffer {
  return buildZip([{ ...NOTICES, name: `${name}/NOTICES.DAT` }, ...more]);
}

/** The states that an establishment went through, oldest first. */
export async function listStates({ db }: HostingTest, rne: string): Promise<string[]> {
  const history = await db.history.findMany({ where: { rne }, orderBy: { revision: "asc" } });
  return history.map(({ state }) => state);
}

/** Every step made one event: no more, no fewer. */
export async function expectOneEventPerStep(hosting: HostingTest, rne: string): Promise<void> {
  const events = await hosting.db.event.findMany({ where: { rne } });
  const announced = events.map(
    ({ payload }) => StateChangedEventSchema.parse(JSON.parse(payload)).data.state,
  );
  expect(announced.sort()).toEqual((await listStates(hosting, rne)).sort());
}

/** And one job, where hosting acts; those that come again after a failure are not counted. */
export async function expectOneEventAndJobPerStep(hosting: HostingTest, rne: string): Promise<void> {
  await expectOneEventPerStep(hosting, rne);
  const history = await hosting.db.history.findMany({ where: { rne }, orderBy: { revision: "asc" } });
  const jobs = await hosting.db.$queryRaw<{ name: string; revision: string }[]>`
    SELECT name, data->>'revision' AS revision FROM queue.job
    WHERE data->>'rne' = ${rne} AND data->>'failures' = '0'
    ORDER BY (data->>'revision')::int`;
  const expected = history.flatMap(({ state, revision }) => {
    const job = STATE_JOBS[stateOf({ state })];
    return job ? [{ name: job.name, revision: String(revision) }] : [];
  });
  expect(jobs).toEqual(expected);
}

export function listOpenIncidents({ db }: HostingTest, rne: string) {
  return db.incident.findMany({ where: { rne, resolvedAt: null } });
}
