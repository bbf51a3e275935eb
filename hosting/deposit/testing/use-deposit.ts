import { createServer } from "node:http";
import { onTestFinished } from "vitest";
import { DepositSchema } from "#contract/deposit.ts";
import { deriveEstablishmentKey } from "#hosting/access/keys.ts";
import { createDepositEndpoint } from "#hosting/deposit/endpoint.ts";
import { readDeposit } from "#hosting/deposit/list.ts";
import { UploadLocker } from "#hosting/deposit/locker.ts";
import { createOpenLimits } from "#hosting/deposit/open-limits.ts";
import { uploadPath } from "#hosting/deposit/storage.ts";
import type { StepContext } from "#hosting/jobs/step-context.ts";
import { type HostingTest, useHosting } from "#hosting/jobs/testing/use-hosting.ts";
import { openPatch, type Patch, type TusAnswer, tusCall } from "./tus-calls.ts";

export interface DepositTestOptions {
  readonly idleTimeoutMs?: number;
  readonly perEstablishment?: number;
  readonly settings?: Partial<StepContext["settings"]>;
}

/** A school whose bases are awaited, and the real endpoint on Node's own server. */
export interface DepositTest {
  readonly hosting: HostingTest;
  readonly context: StepContext;
  readonly rne: string;
  create(
    sizeBytes: number,
    options?: { fileName?: string; headers?: Record<string, string>; body?: Buffer },
  ): Promise<TusAnswer>;
  /** The id of a file just created. */
  createFile(sizeBytes: number, fileName?: string): Promise<string>;
  head(id: string): Promise<TusAnswer>;
  remove(id: string): Promise<TusAnswer>;
  patch(id: string, offset: number, body: Buffer): Promise<TusAnswer>;
  /** A PATCH whose body the test sends bit by bit. */
  openPatch(id: string, offset: number, sizeBytes: number): Patch;
  /** What a process that leaves says to the endpoint. */
  leave(): void;
  listFiles(): Promise<{ id: string; received: number; status: string }[]>;
  pathOf(id: string): string;
  /** How many advisory locks are held in the database: one for each file that somebody writes or asks for. */
  countLocks(): Promise<number>;
}

export async function useDeposit(options: DepositTestOptions = {}): Promise<DepositTest> {
  const hosting = await useHosting();
  const settings = { ...hosting.context.settings, ...options.settings };
  const context: StepContext = { ...hosting.context, settings };
  const { rne } = await hosting.create();
  await hosting.reach(rne, "BCDIDBWAIT");
  const locker = new UploadLocker(context.connectionString, context.log);
  const { idleTimeoutMs = 60_000, perEstablishment = 100 } = options;
  const endpoint = createDepositEndpoint(context, locker, {
    limits: createOpenLimits({ perEstablishment }),
    idleTimeoutMs,
  });
  const server = createServer((request, response) => void endpoint.handle(request, response));
  server.requestTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await locker.close();
  });
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const key = deriveEstablishmentKey(settings.SECRET_KEY, await hosting.get(rne));
  const place = { port, key };
  const bases = `/api/v1/establishments/${rne}/bases`;

  const create: DepositTest["create"] = (sizeBytes, { fileName = "data.zip", headers = {}, body } = {}) =>
    tusCall(place, "POST", bases, {
      headers: {
        "Upload-Length": String(sizeBytes),
        "Upload-Metadata": `filename ${Buffer.from(fileName).toString("base64")}`,
        ...(body ? { "Content-Type": "application/offset+octet-stream" } : {}),
        ...headers,
      },
      ...(body ? { body } : {}),
    });
  const test: DepositTest = {
    ...{ hosting, context, rne, create, leave: endpoint.leave },
    createFile: async (sizeBytes, fileName) => {
      const answer = await create(sizeBytes, fileName === undefined ? {} : { fileName });
      const id = answer.location?.split("/").at(-1);
      if (answer.status !== 201 || id === undefined) throw new Error(`${answer.status} ${answer.body}`);
      return id;
    },
    head: (id) => tusCall(place, "HEAD", `${bases}/${id}`),
    remove: (id) => tusCall(place, "DELETE", `${bases}/${id}`),
    patch: (id, offset, body) => {
      const patch = test.openPatch(id, offset, body.length);
      patch.write(body);
      return patch.answer;
    },
    openPatch: (id, offset, sizeBytes) => openPatch(place, `${bases}/${id}`, { offset, sizeBytes }),
    listFiles: async () => DepositSchema.parse(await readDeposit(context, await hosting.get(rne))).files,
    pathOf: (id) => uploadPath(context, { rne, id }),
    countLocks: async () => {
      const rows = await hosting.db.$queryRaw<{ count: bigint }[]>`
        SELECT count(*) AS count FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
      return Number(rows[0]?.count ?? 0);
    },
  };
  return test;
}
