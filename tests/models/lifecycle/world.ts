import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hostingProcess } from "#hosting/context.ts";
import type { StepContext } from "#hosting/jobs/step-context.ts";
import { createFolderProvisioner } from "#hosting/provisioner/folder/folder-provisioner.ts";
import { createPortLeases } from "#hosting/provisioner/folder/port-leases.ts";
import { openDatabase } from "#platform/database/client.ts";
import { readEnvironment } from "#platform/environment/environment.ts";
import { createLogger } from "#platform/log.ts";
import { openQueue } from "#platform/queue/queue.ts";
import { createTestDatabase } from "#tests/database/test-database.ts";
import { createProvisionerDouble, type OutcomeOf } from "#tests/provisioner/double.ts";
import { cutsOf } from "./cuts.ts";
import { clearGraves, type Death, Mortal } from "./mortal.ts";
import { mortalDatabase } from "./mortal-database.ts";
import { GRACE_MS, REMOVE_DELAYS_MS, RETRY_DELAYS_MS } from "./protocol-table.ts";
import { serveDownloads } from "./serve-downloads.ts";

/** HOSTING whole, with a real database, real files and a real queue that nobody works on but the test. */
export async function openWorld() {
  const { connectionString, drop } = await createTestDatabase();
  const directory = mkdtempSync(join(tmpdir(), "bcdi-model-"));
  const log = createLogger("silent", "test");
  const db = openDatabase(connectionString);
  const queue = await openQueue({ connectionString, log, role: "sender", jobs: [] });
  // Each look at the clock takes a millisecond, so that no two steps are simultaneous.
  const time = { now: Date.now() };
  const settings = readEnvironment({
    DATA_DIR: directory,
    DELETION_GRACE_MINUTES: String(GRACE_MS / 60_000),
    BCDI_PORT_RANGE: "20000-20999",
  });
  let processes = 0;

  /** A worker, or a server, of its own: it lives until its death, and its provisioner does as the test has it. */
  function openProcess(outcomeOf: OutcomeOf = () => "done", death: Death | null = null) {
    const mortal = new Mortal(death);
    const ownDb = mortalDatabase(db, mortal);
    processes += 1;
    const name = `model-${processes}`;
    const ownConnection = new URL(connectionString);
    ownConnection.searchParams.set("application_name", name);
    const folder = createFolderProvisioner({
      dataDirectory: directory,
      templateDirectory: undefined,
      ports: createPortLeases(ownDb, settings.BCDI_PORT_RANGE),
      publicHost: "localhost",
      serverVersion: "BCDI",
    });
    const context: StepContext = {
      ...{ db: ownDb, queue, log, settings, connectionString: ownConnection.href },
      clock: { now: () => new Date(++time.now) },
      provisioner: createProvisionerDouble(folder, {
        outcomeOf: (...run) => (mortal.isDead ? "killed before" : outcomeOf(...run)),
        die: () => mortal.die(),
        cuts: cutsOf(directory),
      }),
      client: { url: "", version: "", sha256: "" },
      retryDelays: {
        ...{ installMs: RETRY_DELAYS_MS, depositMs: RETRY_DELAYS_MS, alterMs: RETRY_DELAYS_MS },
        removeMs: REMOVE_DELAYS_MS,
      },
    };
    /** What the system does when a process is gone: its connections end, and its locks with them. */
    const bury = async () => {
      await mortal.settle();
      await db.$queryRaw`SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE application_name = ${name}`;
    };
    return { context, mortal, bury };
  }

  const { context } = openProcess();
  hostingProcess.provide(context);
  const downloads = await serveDownloads(context);
  return {
    context,
    openProcess,
    ...{ db, downloads, now: () => time.now },
    /** Moves the clock to an instant, never back. */
    waitUntil: (instant: number) => {
      time.now = Math.max(time.now, instant);
    },
    close: async () => {
      clearGraves();
      await downloads.close();
      await queue.stop(1_000);
      await db.$disconnect();
      await drop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

export type World = Awaited<ReturnType<typeof openWorld>>;
