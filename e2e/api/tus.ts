import { type ClientRequest, type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import { expect } from "vitest";
import { type Deposit, DepositSchema } from "#contract/deposit.ts";
import type { Answer } from "./call.ts";
import { callOn, type School } from "./school.ts";

export const PART = { "Tus-Resumable": "1.0.0", "Content-Type": "application/offset+octet-stream" };

/** `Upload-Metadata` as tus wants it. */
export function encodeMetadata(metadata: Record<string, string>): string {
  return Object.entries(metadata)
    .map(([name, value]) => `${name} ${Buffer.from(value).toString("base64")}`)
    .join(",");
}

export function requestUpload(
  school: School,
  sizeBytes: number | string,
  metadata: Record<string, string> = { filename: "data.zip" },
  headers: Record<string, string> = {},
): Promise<Answer> {
  return callOn(school, "POST", "/bases", {
    headers: {
      "Tus-Resumable": "1.0.0",
      "Upload-Length": String(sizeBytes),
      "Upload-Metadata": encodeMetadata(metadata),
      ...headers,
    },
  });
}

/** Creates a file in the deposit; returns its address below the establishment's. */
export async function createUpload(
  school: School,
  sizeBytes: number,
  metadata?: Record<string, string>,
): Promise<string> {
  const answer = await requestUpload(school, sizeBytes, metadata);
  expect(answer.status, answer.text).toBe(201);
  return fileOf(school, answer);
}

/** The created file's address below the establishment's, out of the relative `Location`. */
export function fileOf(school: School, answer: Answer): string {
  const location = answer.headers.get("location") ?? "";
  const prefix = `/api/v1${school.path}`;
  expect(location).toMatch(new RegExp(`^${prefix}/bases/[0-9a-f-]{36}$`));
  return location.slice(prefix.length);
}

export const idOf = (file: string): string => file.slice("/bases/".length);

export function sendPart(school: School, file: string, offset: number, part: Buffer): Promise<Answer> {
  return callOn(school, "PATCH", file, { body: part, headers: { ...PART, "Upload-Offset": String(offset) } });
}

export function head(school: School, file: string): Promise<Answer> {
  return callOn(school, "HEAD", file, { headers: { "Tus-Resumable": "1.0.0" } });
}

export async function readOffset(school: School, file: string): Promise<number> {
  const answer = await head(school, file);
  expect(answer.status).toBe(200);
  return Number(answer.headers.get("upload-offset"));
}

/** Sends a whole file; returns its address below the establishment's. */
export async function upload(
  school: School,
  content: Buffer,
  metadata?: Record<string, string>,
): Promise<string> {
  const file = await createUpload(school, content.length, metadata);
  const answer = await sendPart(school, file, 0, content);
  expect([answer.status, answer.headers.get("upload-offset")]).toEqual([204, String(content.length)]);
  return file;
}

export async function readDeposit(school: School): Promise<Deposit> {
  const answer = await callOn(school, "GET", "/deposit");
  expect(answer.status, answer.text).toBe(200);
  return DepositSchema.parse(JSON.parse(answer.text));
}

export interface OpenPart {
  readonly request: ClientRequest;
  /** The answer's status; null when the connection was closed without one. */
  readonly status: Promise<number | null>;
}

/** Begins a PATCH whose body the test sends, or cuts, by hand. */
export function openPart(
  school: School,
  file: string,
  offset: number,
  headers: Record<string, string | number> = {},
): OpenPart {
  const address = `${school.server.url}/api/v1${school.path}${file}`;
  const opened = request(address, {
    method: "PATCH",
    headers: { ...PART, Authorization: `Bearer ${school.key}`, "Upload-Offset": offset, ...headers },
  });
  const status = new Promise<number | null>((resolve) => {
    opened.once("response", (answer: IncomingMessage) => {
      text(answer).then(
        () => resolve(answer.statusCode ?? null),
        () => resolve(null),
      );
    });
    opened.once("error", () => resolve(null));
    opened.once("close", () => resolve(null));
  });
  return { request: opened, status };
}

/** Resolves once these bytes have left for the server. */
export function write(part: OpenPart, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    part.request.write(bytes, (failure) => (failure ? reject(failure) : resolve()));
  });
}
