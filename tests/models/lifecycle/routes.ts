import { POST as cancel } from "#app/api/v1/establishments/[rne]/cancel-deletion/route.ts";
import { POST as complete } from "#app/api/v1/establishments/[rne]/deposit/complete/route.ts";
import { PUT as order } from "#app/api/v1/establishments/[rne]/deposit/route.ts";
import { POST as retry } from "#app/api/v1/establishments/[rne]/retry/route.ts";
import { PUT as change, GET as read, DELETE as remove } from "#app/api/v1/establishments/[rne]/route.ts";
import { POST as create } from "#app/api/v1/establishments/route.ts";
import type { Handler } from "#hosting/api/route.ts";

const ROUTES = {
  create: ["POST", create],
  read: ["GET", read],
  change: ["PUT", change],
  remove: ["DELETE", remove],
  cancel: ["POST", cancel],
  retry: ["POST", retry],
  complete: ["POST", complete],
  order: ["PUT", order],
} as const satisfies Record<string, readonly [string, Handler]>;

export type RouteName = keyof typeof ROUTES;

export function routeTo(name: RouteName): { method: string; handler: Handler } {
  const [method, handler] = ROUTES[name];
  return { method, handler };
}
