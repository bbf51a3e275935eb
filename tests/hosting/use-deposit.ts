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
import { type Answer, HttpConnection } from "#tests/client/http-connection.ts";
import * as tus from "#tests/client/tus.ts";
import { type HostingTest, useHosting } from "./use-hosting.ts";

export interface DepositTestOptions {
  readonly idleTimeoutMs?: number;
  readonly perEstablishment?: number;
  readonly settings?: Partial<StepContext["settings"]>;
}

/** What the endpoint said, as these tests look at it. */
export interface TusAnswer {
  readonly status: number;
  readonly body: string;
  readonly location: string | null;
  /** Of `Upload-Offset`; null where there is none. */
  readonly offset: number | null;
  readonly retryAfter: string | null;
}

/** A PATCH under way. */
export interface Patch extends Omit<tus.OpenPart, "answer"> {
  /** Rejected when there was none. */
  readonly answer: Promise<TusAnswer>;
}

function toTusAnswer(answer: Answer | null): TusAnswer {
  if (!answer) throw new Error("the line was cut without an answer");
  const { status, headers, text } = answer;
  const [location, retryAfter] = [headers.get("location"), headers.get("retry-after")];
  return { status, body: text, location, retryAfter, offset: tus.offsetOf(answer) };
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
  /** A creation that announces so many bytes, sends these and then nothing more. */
  createCut(sizeBytes: number, first: Buffer): Promise<TusAnswer>;
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
  const school = { server: { url: `http://127.0.0.1:${port}` }, rne, key, path: `/establishments/${rne}` };

  const create: DepositTest["create"] = async (sizeBytes, { fileName = "data.zip", ...more } = {}) =>
    toTusAnswer(await tus.requestUpload(school, sizeBytes, { filename: fileName }, more));
  const test: DepositTest = {
    ...{ hosting, context, rne, create, leave: endpoint.leave },
    createCut: async (sizeBytes, first) => {
      const connection = await HttpConnection.open(school.server.url);
      onTestFinished(() => connection.close());
      const metadata = tus.encodeMetadata({ filename: "cut.zip" });
      const headers = { "Upload-Length": String(sizeBytes), "Upload-Metadata": metadata };
      return toTusAnswer(
        await connection.send({
          ...{ method: "POST", path: tus.pathOf(school, "/bases"), bodyBytes: sizeBytes, body: [first] },
          headers: { ...tus.tusHeaders(school), ...tus.PART, ...headers },
        }),
      );
    },
    createFile: async (sizeBytes, fileName) => {
      const answer = await create(sizeBytes, fileName === undefined ? {} : { fileName });
      const id = answer.location?.split("/").at(-1);
      if (answer.status !== 201 || id === undefined) throw new Error(`${answer.status} ${answer.body}`);
      return id;
    },
    head: async (id) => toTusAnswer(await tus.head(school, `/bases/${id}`)),
    remove: async (id) => toTusAnswer(await tus.remove(school, `/bases/${id}`)),
    patch: async (id, offset, body) => toTusAnswer(await tus.sendPart(school, `/bases/${id}`, offset, body)),
    openPatch: (id, offset, sizeBytes) => {
      const { answer, ...part } = tus.openPart(school, `/bases/${id}`, { offset, sizeBytes });
      const told = answer.then(toTusAnswer);
      // Whoever does not ask does not need to know.
      told.catch(() => {});
      return { ...part, answer: told };
    },
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
