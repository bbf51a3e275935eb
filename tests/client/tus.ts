import { type ClientRequest, type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import { type Deposit, DepositSchema } from "#contract/deposit.ts";
import { expectStatus } from "./call.ts";
import type { Answer } from "./http-connection.ts";
import { callOn, type School } from "./school.ts";

/** What every request says. */
export const TUS = { "Tus-Resumable": "1.0.0" };
/** What every part says; beside it comes its `Upload-Offset`. */
export const PART = { ...TUS, "Content-Type": "application/offset+octet-stream" };

/** `Upload-Metadata` as tus wants it. */
export function encodeMetadata(metadata: Record<string, string>): string {
  return Object.entries(metadata)
    .map(([name, value]) => `${name} ${Buffer.from(value).toString("base64")}`)
    .join(",");
}

/** Asks for the creation of a file; with a body, its first bytes come along. */
export function requestUpload(
  school: School,
  sizeBytes: number | string,
  metadata: Record<string, string> = { filename: "data.zip" },
  { headers = {}, body }: { headers?: Record<string, string>; body?: Buffer } = {},
): Promise<Answer> {
  return callOn(school, "POST", "/bases", {
    headers: {
      ...(body ? PART : TUS),
      "Upload-Length": String(sizeBytes),
      "Upload-Metadata": encodeMetadata(metadata),
      ...headers,
    },
    ...(body ? { body } : {}),
  });
}

/** Creates a file in the deposit; returns its address below the establishment's. */
export async function createUpload(
  school: School,
  sizeBytes: number,
  metadata?: Record<string, string>,
): Promise<string> {
  return fileOf(school, expectStatus(await requestUpload(school, sizeBytes, metadata), 201));
}

/** The created file's address below the establishment's, out of the relative `Location`. */
export function fileOf(school: School, answer: Answer): string {
  const location = answer.headers.get("location") ?? "";
  const prefix = `/api/v1${school.path}`;
  const file = location.slice(prefix.length);
  if (!location.startsWith(prefix) || !/^\/bases\/[0-9a-f-]{36}$/.test(file))
    throw new Error(`not the address of a file of ${school.path}: ${location}`);
  return file;
}

export const idOf = (file: string): string => file.slice("/bases/".length);

/** The file's path on the server, where whoever opens connections of his own sends it. */
export const pathOf = (school: School, file: string): string => `/api/v1${school.path}${file}`;

/** The headers of a request of one's own. */
export function tusHeaders({ key }: Pick<School, "key">): Record<string, string> {
  return { ...TUS, Authorization: `Bearer ${key}` };
}

/** The headers of a part of one's own. */
export function partHeaders(school: Pick<School, "key">, offset: number): Record<string, string> {
  return { ...tusHeaders(school), ...PART, "Upload-Offset": String(offset) };
}

export function sendPart(school: School, file: string, offset: number, part: Buffer): Promise<Answer> {
  return callOn(school, "PATCH", file, { body: part, headers: { ...PART, "Upload-Offset": String(offset) } });
}

export function head(school: School, file: string): Promise<Answer> {
  return callOn(school, "HEAD", file, { headers: TUS });
}

export function remove(school: School, file: string): Promise<Answer> {
  return callOn(school, "DELETE", file, { headers: TUS });
}

/** Of `Upload-Offset`; null where there is none. */
export function offsetOf({ headers }: Answer): number | null {
  const offset = headers.get("upload-offset");
  return offset === null ? null : Number(offset);
}

export async function readOffset(school: School, file: string): Promise<number> {
  return offsetOf(expectStatus(await head(school, file), 200)) ?? Number.NaN;
}

/** Sends a whole file; returns its address below the establishment's. */
export async function upload(
  school: School,
  content: Buffer,
  metadata?: Record<string, string>,
): Promise<string> {
  const file = await createUpload(school, content.length, metadata);
  const answer = expectStatus(await sendPart(school, file, 0, content), 204);
  if (offsetOf(answer) !== content.length) throw new Error(`${offsetOf(answer)} of ${content.length} bytes`);
  return file;
}

export async function readDeposit(school: School): Promise<Deposit> {
  const answer = expectStatus(await callOn(school, "GET", "/deposit"), 200);
  return DepositSchema.parse(JSON.parse(answer.text));
}

export async function completeDeposit(school: School): Promise<Answer> {
  return expectStatus(await callOn(school, "POST", "/deposit/complete"), 200);
}

/** A PATCH whose body the test sends, or cuts, by hand. */
export interface OpenPart {
  /** Resolves once these bytes have left for the server. */
  write(bytes: Buffer): Promise<void>;
  /** Ends the body, with these last bytes. */
  end(bytes?: Buffer): void;
  /** Ends the line in the middle. */
  cut(): void;
  /** Null when the line was cut, by either side, without an answer. */
  readonly answer: Promise<Answer | null>;
}

/** Begins a PATCH of so many bytes; of a length that is not announced where that is null. */
export function openPart(
  school: School,
  file: string,
  { offset, sizeBytes }: { offset: number; sizeBytes: number | null },
): OpenPart {
  const opened = request(`${school.server.url}${pathOf(school, file)}`, {
    method: "PATCH",
    agent: false,
    headers: {
      ...partHeaders(school, offset),
      ...(sizeBytes === null ? { "Transfer-Encoding": "chunked" } : { "Content-Length": sizeBytes }),
    },
  });
  const answer = answerTo(opened);
  opened.flushHeaders();
  return {
    write: (bytes) =>
      new Promise((resolve, reject) => {
        opened.write(bytes, (failure) => (failure ? reject(failure) : resolve()));
      }),
    end: (bytes) => void opened.end(bytes),
    cut: () => void opened.destroy(),
    answer,
  };
}

function answerTo(sent: ClientRequest): Promise<Answer | null> {
  return new Promise((resolve) => {
    let hasBegun = false;
    sent.once("response", (answer: IncomingMessage) => {
      hasBegun = true;
      const headers = new Headers();
      for (const [name, values] of Object.entries(answer.headersDistinct))
        for (const value of values ?? []) headers.append(name, value);
      text(answer).then(
        (body) => resolve({ status: answer.statusCode ?? 0, headers, text: body }),
        () => resolve(null),
      );
    });
    sent.once("error", () => resolve(null));
    sent.once("close", () => {
      // An answer that has begun is read to its end.
      if (!hasBegun) resolve(null);
    });
  });
}
