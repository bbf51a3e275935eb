import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { EstablishmentView } from "#contract/establishment.ts";
import { PROBLEM_MEDIA_TYPE } from "#contract/problem.ts";
import { STATE_ACTORS, STATE_CODES, type State } from "#contract/states.ts";

export const PLATFORM_KEY = "platform-key-of-the-test-hosting-program";

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly etag: string | undefined;
  readonly body: unknown;
}

export interface Reply {
  readonly status: number;
  readonly body?: object | string;
  readonly headers?: Record<string, string>;
}

/** HOSTING as another program: speaks the contract over HTTP and knows what a test tells it. */
export interface FakeHosting {
  readonly url: string;
  readonly requests: Received[];
  readonly views: Map<string, EstablishmentView>;
  /** Answers before the usual rules when it returns something. */
  intercept: ((request: Received) => Reply | Promise<Reply | null> | null) | null;
  retryAfterSeconds: number | null;
  /** Moves an establishment on, in its history too. */
  reach(rne: string, state: State, change?: Partial<EstablishmentView>): EstablishmentView;
  close(): Promise<void>;
}

export async function startFakeHosting(): Promise<FakeHosting> {
  const server = createServer((request, response) => void answer(fake, request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  let lastMs = Date.parse("2026-11-23T10:00:00.000Z");
  const fake: FakeHosting = {
    url: `http://127.0.0.1:${portOf(server)}`,
    requests: [],
    views: new Map(),
    intercept: null,
    retryAfterSeconds: null,
    reach: (rne, state, change = {}) => {
      lastMs += 60_000;
      const since = new Date(lastMs).toISOString();
      const before = fake.views.get(rne) ?? emptyView(rne);
      const view: EstablishmentView = {
        ...before,
        ...{ state, stateCode: STATE_CODES[state], actor: STATE_ACTORS[state], since },
        history: [...before.history, { state, at: since }],
        ...change,
      };
      fake.views.set(rne, view);
      return view;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return fake;
}

export function problem(status: number, code: string, more: object = {}): Reply {
  const body = {
    ...{ type: `urn:problem:${code}`, title: "Refus", status, code, detail: `Refusé\u202f: ${code}.` },
    ...{ retryable: false, reference: "TEST01" },
    ...more,
  };
  return { status, body, headers: { "content-type": PROBLEM_MEDIA_TYPE } };
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}

function emptyView(rne: string): EstablishmentView {
  return {
    ...{ rne, griffe: "GRIFFE", code: "ABCDEFGH", version: "CL" },
    ...{ state: "START", stateCode: "1", since: "2026-11-23T10:00:00.000Z", actor: "hosting" },
    ...{ nextStep: null, history: [], bases: [], connection: null, downloads: [], problem: null },
  };
}

async function answer(fake: FakeHosting, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString("utf8");
  const received: Received = {
    method: request.method ?? "",
    path: (request.url ?? "").replace(/^\/api\/v1/, ""),
    authorization: request.headers.authorization,
    etag: request.headers["if-none-match"],
    body: text === "" ? null : JSON.parse(text),
  };
  fake.requests.push(received);
  const reply = (await fake.intercept?.(received)) ?? usualReply(fake, received);
  const retryAfter = fake.retryAfterSeconds === null ? {} : { "retry-after": String(fake.retryAfterSeconds) };
  response.writeHead(reply.status, { "content-type": "application/json", ...retryAfter, ...reply.headers });
  response.end(typeof reply.body === "object" ? JSON.stringify(reply.body) : (reply.body ?? ""));
}

function usualReply(fake: FakeHosting, request: Received): Reply {
  const { pathname, searchParams } = new URL(request.path, "http://fake.test");
  const [, , rne, verb] = pathname.split("/");
  if (rne === undefined) return replyToCollection(fake, request, searchParams);
  const view = fake.views.get(rne);
  if (!view) return problem(404, "not_found");
  if (verb === "upload-tokens") {
    const embedUrl = `${fake.url}/embed/upload#rne=${rne}&token=upload-token`;
    return { status: 200, body: { token: "upload-token", expiresAt: view.since, embedUrl } };
  }
  if (request.method === "GET") return replyWithView(view, request.etag);
  const state = { PUT: "BCDIALTER", DELETE: "BCDIDELETE" }[request.method];
  if (state === "BCDIALTER" || state === "BCDIDELETE") return replyWithView(fake.reach(rne, state));
  if (verb === "cancel-deletion") return replyWithView(fake.reach(rne, "BCDIREADY"));
  if (verb === "retry") return replyWithView(fake.reach(rne, "START", { problem: null }));
  return problem(404, "not_found");
}

function replyToCollection(fake: FakeHosting, request: Received, query: URLSearchParams): Reply {
  if (request.method === "GET") {
    const from = Number(query.get("changedSince") ?? 0);
    const items = [...fake.views.values()]
      .slice(from)
      .map(({ rne, state, stateCode, since }) => ({ rne, state, stateCode, since }));
    return { status: 200, body: { items, nextCursor: String(from + items.length) } };
  }
  const wanted = Object(request.body);
  const known = fake.views.get(wanted.rne);
  const view = known ?? fake.reach(wanted.rne, "START", wanted);
  return { status: 200, body: { ...view, key: `key-of-${wanted.rne}` } };
}

function replyWithView(view: EstablishmentView, etag?: string): Reply {
  const current = `"${Buffer.from(JSON.stringify(view)).toString("base64url").slice(-40)}-${view.since}"`;
  if (etag === current) return { status: 304, headers: { etag: current } };
  return { status: 200, body: view, headers: { etag: current } };
}
