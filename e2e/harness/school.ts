import { setTimeout as wait } from "node:timers/promises";
import { type Deposit, DepositSchema } from "#contract/deposit.ts";
import {
  CreatedEstablishmentSchema,
  type EstablishmentView,
  EstablishmentViewSchema,
} from "#contract/establishment.ts";
import type { Deployment } from "#e2e/deployment/deployment.ts";
import { Hopeless } from "./persistence.ts";

const CHECK_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ";
const OPENING_TIMEOUT_MS = 180_000;
const OPENING_POLL_MS = 400;

export type Address = Pick<Deployment, "url" | "platformKey">;

/** An establishment whose deposit is open, and its key. */
export interface School {
  readonly rne: string;
  readonly key: string;
}

/** One base file under way, as tus addresses it. */
export interface Upload {
  readonly path: string;
  readonly sizeBytes: number;
}

export function rneOf(number: number): string {
  return `${String(number).padStart(7, "0")}${CHECK_LETTERS[number % 23]}`;
}

/** Creates the establishment and waits until its bases are awaited. */
export async function openSchool(deployment: Address, number: number): Promise<School> {
  const rne = rneOf(number);
  const created = await fetch(`${deployment.url}/api/v1/establishments`, {
    method: "POST",
    headers: { authorization: `Bearer ${deployment.platformKey}`, "content-type": "application/json" },
    body: JSON.stringify({ rne, griffe: `LYCEE ${number}`, code: "ABCDEFGH", version: "CL" }),
  });
  if (!created.ok) throw new Error(`creation of ${rne}: ${created.status} ${await created.text()}`);
  const { key } = CreatedEstablishmentSchema.parse(await created.json());
  const deadline = Date.now() + OPENING_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const { state } = await readView(deployment, rne);
    if (state === "BCDIDBWAIT") return { rne, key };
    if (state === "STARTERROR") throw new Hopeless(`the server of ${rne} could not be installed`);
    await wait(OPENING_POLL_MS);
  }
  throw new Error(`the deposit of ${rne} did not open`);
}

export async function readView({ url, platformKey }: Address, rne: string): Promise<EstablishmentView> {
  const answer = await fetch(`${url}/api/v1/establishments/${rne}`, {
    headers: { authorization: `Bearer ${platformKey}` },
  });
  return EstablishmentViewSchema.parse(await answer.json());
}

export async function createUpload(
  { url }: Pick<Address, "url">,
  { rne, key }: School,
  { fileName, sizeBytes }: { fileName: string; sizeBytes: number },
): Promise<Upload> {
  const answer = await fetch(`${url}/api/v1/establishments/${rne}/bases`, {
    method: "POST",
    headers: {
      ...tusHeaders(key),
      "upload-length": String(sizeBytes),
      "upload-metadata": `filename ${Buffer.from(fileName).toString("base64")}`,
    },
  });
  const path = answer.headers.get("location");
  if (answer.status !== 201 || !path) throw new Error(`creation: ${answer.status} ${await answer.text()}`);
  return { path, sizeBytes };
}

export async function removeUpload(
  { url }: Pick<Address, "url">,
  { key }: School,
  path: string,
): Promise<void> {
  const answer = await fetch(`${url}${path}`, { method: "DELETE", headers: tusHeaders(key) });
  if (answer.status !== 204) throw new Error(`removal: ${answer.status} ${await answer.text()}`);
}

export function tusHeaders(key: string): Record<string, string> {
  return { authorization: `Bearer ${key}`, "tus-resumable": "1.0.0" };
}

export function patchHeaders(key: string, offset: number): Record<string, string> {
  return {
    ...tusHeaders(key),
    "content-type": "application/offset+octet-stream",
    "upload-offset": String(offset),
  };
}

/** The file of that name, already begun or not: an answer may have been lost. */
export async function findOrCreateUpload(
  deployment: Pick<Address, "url">,
  school: School,
  file: { fileName: string; sizeBytes: number },
): Promise<Upload> {
  const { files } = await readDeposit(deployment, school);
  const begun = files.find(({ fileName }) => fileName === file.fileName);
  if (!begun) return createUpload(deployment, school, file);
  return { path: `/api/v1/establishments/${school.rne}/bases/${begun.id}`, sizeBytes: file.sizeBytes };
}

export async function readDeposit({ url }: Pick<Address, "url">, { rne, key }: School): Promise<Deposit> {
  const headers = { authorization: `Bearer ${key}` };
  const answer = await fetch(`${url}/api/v1/establishments/${rne}/deposit`, { headers });
  if (!answer.ok) throw new Error(`deposit of ${rne}: ${answer.status} ${await answer.text()}`);
  return DepositSchema.parse(await answer.json());
}

export async function completeDeposit({ url }: Pick<Address, "url">, { rne, key }: School): Promise<void> {
  const answer = await fetch(`${url}/api/v1/establishments/${rne}/deposit/complete`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}` },
  });
  if (!answer.ok) throw new Error(`completion of ${rne}: ${answer.status} ${await answer.text()}`);
}
