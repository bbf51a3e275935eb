import { randomInt } from "node:crypto";
import { expect } from "vitest";
import {
  CreatedEstablishmentSchema,
  type CreateEstablishment,
  type EstablishmentView,
  EstablishmentViewSchema,
} from "#contract/establishment.ts";
import type { State } from "#contract/states.ts";
import { type Answer, call } from "./call.ts";
import { waitUntil } from "./wait-until.ts";

const CHECK_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ";

export interface Server {
  readonly url: string;
  readonly platformKey: string;
}

/** An establishment of the test's own. */
export interface School extends CreateEstablishment {
  readonly server: Server;
  readonly key: string;
  /** `/establishments/{rne}` */
  readonly path: string;
}

/** A valid RNE that no other test has. */
export function mintRne(): string {
  const digits = String(randomInt(10_000_000)).padStart(7, "0");
  return `${digits}${CHECK_LETTERS[Number(digits) % 23]}`;
}

export function mintLicence(given: Partial<CreateEstablishment> = {}): CreateEstablishment {
  return { rne: mintRne(), griffe: "LYCÉE ÉMILE ZOLA", code: "ABCDEFGH", version: "CL", ...given };
}

/** Creates an establishment and does not wait for its server. */
export async function createSchool(server: Server, licence = mintLicence()): Promise<School> {
  const answer = await call(server, "POST", "/establishments", { key: server.platformKey, json: licence });
  expect(answer.status, answer.text).toBe(200);
  const { key } = CreatedEstablishmentSchema.parse(JSON.parse(answer.text));
  return { ...licence, server, key, path: `/establishments/${licence.rne}` };
}

/** An establishment whose bases are awaited. */
export async function createWaitingSchool(server: Server, licence = mintLicence()): Promise<School> {
  const school = await createSchool(server, licence);
  await waitForState(school, "BCDIDBWAIT");
  return school;
}

/** A call on the establishment with its own key, below its address. */
export function callOn(
  school: School,
  method: string,
  suffix = "",
  options: Parameters<typeof call>[3] = {},
): Promise<Answer> {
  return call(school.server, method, `${school.path}${suffix}`, { key: school.key, ...options });
}

export function parseView(answer: Answer): EstablishmentView {
  expect(answer.status, answer.text).toBe(200);
  return EstablishmentViewSchema.parse(JSON.parse(answer.text));
}

export async function readView(school: School): Promise<EstablishmentView> {
  return parseView(await callOn(school, "GET"));
}

export async function waitForState(
  school: School,
  state: State,
  timeoutMs?: number,
): Promise<EstablishmentView> {
  const ask = async () => {
    const view = await readView(school);
    return view.state === state ? view : null;
  };
  return waitUntil(`${school.rne} to reach ${state}`, ask, timeoutMs);
}

/** Whatever is refused leaves the establishment and its deposit as they were. */
export async function expectUnchanged(school: School, attempt: () => Promise<void>): Promise<void> {
  const read = async () => [
    (await callOn(school, "GET")).text,
    (await callOn(school, "GET", "/deposit")).text,
  ];
  const before = await read();
  await attempt();
  expect(await read()).toEqual(before);
}
