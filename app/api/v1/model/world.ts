import { mkdtempSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hostingProcess } from "#hosting/context.ts";
import { addFile } from "#hosting/deposit/add-file.ts";
import { recordReceived } from "#hosting/deposit/record-received.ts";
import { uploadPath } from "#hosting/deposit/storage.ts";
import { hostingJobs } from "#hosting/jobs/definitions.ts";
import type { StepContext } from "#hosting/jobs/step-context.ts";
import { createFolderProvisioner } from "#hosting/provisioner/folder/folder-provisioner.ts";
import { createPortLeases } from "#hosting/provisioner/folder/port-leases.ts";
import { openDatabase } from "#platform/database/client.ts";
import { readEnvironment } from "#platform/environment/environment.ts";
import { createLogger } from "#platform/log.ts";
import { openQueue } from "#platform/queue/queue.ts";
import { createTestDatabase } from "#platform/testing/test-database.ts";
import { createFatefulProvisioner, type Fate } from "./fateful-provisioner.ts";

export const GRACE_MINUTES = 10;

/** HOSTING whole, with a real database, real files and a real queue that nobody works on but the test. */
export async function openWorld() {
  const { connectionString, drop } = await createTestDatabase();
  const directory = mkdtempSync(join(tmpdir(), "bcdi-model-"));
  const log = createLogger("silent", "test");
  const db = openDatabase(connectionString);
  const queue = await openQueue({ connectionString, log, role: "worker", jobs: hostingJobs });
  const time = { now: Date.parse("2026-09-01T08:00:00Z") };
  const fate: { next: Fate } = { next: "done" };
  const settings = readEnvironment({
    DATA_DIR: directory,
    DELETION_GRACE_MINUTES: String(GRACE_MINUTES),
    BCDI_PORT_RANGE: "20000-20999",
  });
  const folder = createFolderProvisioner({
    dataDirectory: settings.DATA_DIR,
    templateDirectory: undefined,
    ports: createPortLeases(db, settings.BCDI_PORT_RANGE),
    publicHost: "localhost",
    serverVersion: "BCDI",
  });
  const context: StepContext = {
    ...{ db, queue, log, settings, connectionString },
    clock: { now: () => new Date(++time.now) },
    provisioner: createFatefulProvisioner(folder, () => fate.next),
    client: { url: "", version: "", sha256: "" },
    retryDelays: { installMs: [1], depositMs: [1], alterMs: [1], removeMs: [1] },
  };
  hostingProcess.provide(context);
  return {
    context,
    fate,
    advance: (ms: number) => {
      time.now += ms;
    },
    /** A file sent whole, as the tus endpoint would leave it. */
    deposit: async (rne: string, name: string, bytes: Buffer) => {
      const establishment = await db.establishment.findUniqueOrThrow({ where: { rne } });
      const id = crypto.randomUUID();
      await addFile(context, { establishment, id, sizeBytes: bytes.length, metadata: { filename: name } });
      await writeFile(uploadPath(context, { rne, id }), bytes);
      await recordReceived(context, await db.baseFile.findUniqueOrThrow({ where: { id } }), bytes.length);
    },
    close: async () => {
      await queue.stop(1_000);
      await db.$disconnect();
      await drop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

export type World = Awaited<ReturnType<typeof openWorld>>;
