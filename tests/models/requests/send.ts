import { Agent, request } from "node:http";
import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import type { BodyPlan, CredentialKind, Plan } from "./plan.ts";
import type { World } from "./world.ts";

const TIMEOUT_MS = 120_000;
const HUGE_BYTES = 100 * 1024;
const agent = new Agent({ keepAlive: true, maxSockets: 24 });

/** A request as it leaves. */
export interface Outgoing {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
}

export interface Incoming {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** Fills in what only the answers so far could tell. */
export function toOutgoing(plan: Plan, world: World): Outgoing {
  const school = world.school(plan.school);
  const truth: Record<string, string | undefined> = {
    rne: school.licence.rne,
    id: school.files.at(-1),
    ...school.download,
  };
  const path = plan.operation.path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => {
    return plan.segments[name] ?? truth[name] ?? "00000000-0000-4000-8000-000000000000";
  });
  const authorization = authorizationOf(plan.credential, plan.school, world);
  const body = bodyOf(plan.body, plan.school, world);
  const size = String(world.base.length);
  const headers = Object.entries(plan.headers).map(([name, value]) => [
    name,
    value === "base" ? size : value,
  ]);
  return {
    method: plan.method,
    path: `/api/v1${path}${plan.query}`,
    headers: {
      ...Object.fromEntries(headers),
      ...(authorization === null ? {} : { Authorization: authorization }),
      ...(body === null ? {} : { "Content-Length": String(body.length) }),
      // As a proxy on this machine says it: refused credentials are counted by sender.
      "X-Forwarded-For": `198.51.100.${plan.sender}`,
    },
    body,
  };
}

function authorizationOf(kind: CredentialKind, index: number, world: World): string | null {
  const credentials = {
    platform: `Bearer ${world.platformKey}`,
    own: `Bearer ${world.school(index).key}`,
    token: `Bearer ${world.school(index).token}`,
    other: `Bearer ${world.other(index).key}`,
    garbage: `Bearer ${"f".repeat(64)}`,
    malformed: `Basic ${btoa(`admin:${world.platformKey}`)}`,
    none: null,
  } as const satisfies Record<CredentialKind, string | null>;
  return credentials[kind];
}

function bodyOf(plan: BodyPlan, index: number, world: World): Buffer | null {
  switch (plan.kind) {
    case "none":
      return null;
    case "base":
      return world.base;
    case "huge":
      return Buffer.from(`{"griffe":"${"x".repeat(HUGE_BYTES)}"}`);
    case "licence":
      return Buffer.from(JSON.stringify(world.school(index).licence));
    case "order":
      return Buffer.from(JSON.stringify({ order: world.school(index).files }));
    case "json":
      return Buffer.from(JSON.stringify(plan.value));
    case "bytes":
      return Buffer.from(plan.bytes);
  }
}

/** Rejects when no answer comes. */
export function send(port: number, { method, path, headers, body }: Outgoing): Promise<Incoming> {
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port, method, path, headers, agent, timeout: TIMEOUT_MS };
    const outgoing = request(options, (answer) => {
      buffer(answer).then((received) => {
        const body = answer.headers["content-encoding"] === "gzip" ? gunzipSync(received) : received;
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body });
      }, reject);
    });
    outgoing.once("error", reject).once("timeout", () => outgoing.destroy(new Error("no answer in time")));
    outgoing.end(body ?? undefined);
  });
}
