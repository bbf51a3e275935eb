import { z } from "zod";
import { EstablishmentViewSchema } from "#contract/establishment.ts";
import { ProblemDocumentSchema } from "#contract/problem.ts";
import type { QueuedJob } from "#tests/hosting/queued-jobs.ts";
import { type RouteName, routeTo } from "./routes.ts";
import type { Licence } from "./stand.ts";
import type { World } from "./world.ts";

/** One establishment of the real system, and what its callers remember. */
export interface School {
  readonly world: World;
  readonly rne: string;
  /** As the creation gave it. */
  key: string;
  /** Jobs that were worked off: a queue may deliver them again. */
  readonly finished: QueuedJob[];
}

export type Answer = Awaited<ReturnType<typeof callSchool>>;

/** Calls a route of the real API with the establishment's own key. */
export async function callSchool({ rne, key }: Pick<School, "rne" | "key">, name: RouteName, body?: object) {
  const { handler, method } = routeTo(name);
  const request = new Request(`http://test/api/v1/establishments/${rne}`, requestInit(method, key, body));
  return answerOf(await handler(request, { params: Promise.resolve({ rne }) }));
}

/** Creates as CYBER does, with the platform key. */
export async function callCreate({ world, rne }: Pick<School, "world" | "rne">, licence: Licence) {
  const { handler, method } = routeTo("create");
  const platformKey = world.context.settings.PLATFORM_KEY;
  const request = new Request(
    "http://test/api/v1/establishments",
    requestInit(method, platformKey, { rne, ...licence }),
  );
  return answerOf(await handler(request, { params: Promise.resolve({}) }));
}

function requestInit(method: string, key: string, body: object | undefined): RequestInit {
  const headers = { Authorization: `Bearer ${key}`, "Content-Type": "application/json" };
  return { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) };
}

const Keyed = z.object({ key: z.string() });

async function answerOf(response: Response) {
  const body: unknown = await response.json();
  return {
    status: response.status,
    retryAfter: response.headers.get("Retry-After"),
    view: EstablishmentViewSchema.safeParse(body).data ?? null,
    key: Keyed.safeParse(body).data?.key ?? null,
    problem: ProblemDocumentSchema.safeParse(body).data ?? null,
  };
}
