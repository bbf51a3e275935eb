import { POST as cancel } from "#app/api/v1/establishments/[rne]/cancel-deletion/route.ts";
import { POST as complete } from "#app/api/v1/establishments/[rne]/deposit/complete/route.ts";
import { POST as retry } from "#app/api/v1/establishments/[rne]/retry/route.ts";
import { PUT as change, GET as read, DELETE as remove } from "#app/api/v1/establishments/[rne]/route.ts";
import { POST as create } from "#app/api/v1/establishments/route.ts";
import { EstablishmentViewSchema } from "#contract/establishment.ts";
import { deriveEstablishmentKey } from "#hosting/access/keys.ts";
import type { World } from "./world.ts";

const ROUTES = { cancel, complete, retry, remove, read, change } as const;
const METHODS = {
  cancel: "POST",
  complete: "POST",
  retry: "POST",
  remove: "DELETE",
  read: "GET",
  change: "PUT",
} as const;

export type CallName = keyof typeof ROUTES;

/** Calls a route of the real API with the establishment's own key. */
export async function call(world: World, name: CallName, rne: string, body?: object) {
  const owner = await world.context.db.establishment.findUniqueOrThrow({ where: { rne } });
  const key = deriveEstablishmentKey(world.context.settings.SECRET_KEY, owner);
  const request = new Request(`http://test/api/v1/establishments/${rne}`, {
    method: METHODS[name],
    headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return answerOf(await ROUTES[name](request, { params: Promise.resolve({ rne }) }));
}

export async function callCreate(world: World, body: object) {
  const request = new Request("http://test/api/v1/establishments", {
    method: "POST",
    headers: {
      Authorization: `Bearer ${world.context.settings.PLATFORM_KEY}`,
      "Content-Type": "application/json",
    },
    body: JSON.stringify(body),
  });
  return answerOf(await create(request, { params: Promise.resolve({}) }));
}

async function answerOf(response: Response) {
  const body: unknown = await response.json();
  const view = EstablishmentViewSchema.safeParse(body);
  return { status: response.status, view: view.success ? view.data : null };
}
