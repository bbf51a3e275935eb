import {
  CreatedEstablishmentSchema,
  type CreateEstablishment,
  type EstablishmentView,
  EstablishmentViewSchema,
} from "#contract/establishment.ts";
import type { State } from "#contract/states.ts";
import { call, expectStatus } from "./call.ts";
import type { Answer } from "./http-connection.ts";
import { mintRne } from "./rne.ts";
import { waitUntil } from "./wait-until.ts";

export interface Server {
  readonly url: string;
  readonly platformKey: string;
}

/** Where an establishment is called, and with what key. */
export interface School {
  readonly server: Pick<Server, "url">;
  readonly rne: string;
  readonly key: string;
  /** `/establishments/{rne}` */
  readonly path: string;
}

/** An establishment of the test's own, as it was created. */
export interface CreatedSchool extends School, Omit<CreateEstablishment, "rne"> {
  readonly server: Server;
}

export function mintLicence(given: Partial<CreateEstablishment> = {}): CreateEstablishment {
  return { rne: mintRne(), griffe: "LYCÉE ÉMILE ZOLA", code: "ABCDEFGH", version: "CL", ...given };
}

/** Creates an establishment and does not wait for its server. */
export async function createSchool(server: Server, licence = mintLicence()): Promise<CreatedSchool> {
  const creation = { key: server.platformKey, json: licence };
  const answer = expectStatus(await call(server, "POST", "/establishments", creation), 200);
  const { key } = CreatedEstablishmentSchema.parse(JSON.parse(answer.text));
  return { ...licence, server, key, path: `/establishments/${licence.rne}` };
}

/** An establishment whose bases are awaited. */
export async function createWaitingSchool(server: Server, licence = mintLicence()): Promise<CreatedSchool> {
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
  return EstablishmentViewSchema.parse(JSON.parse(expectStatus(answer, 200).text));
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
