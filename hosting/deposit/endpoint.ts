import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { ERRORS, Server } from "@tus/server";
import { RneSchema } from "#contract/rne.ts";
import { authenticate } from "#hosting/access/authenticate.ts";
import { toProblem } from "#hosting/api/problems.ts";
import type { HostingContext } from "#hosting/context.ts";
import { Refusal } from "#hosting/refusal.ts";
import { createExchanges, currentExchange, type Exchange } from "./exchange.ts";
import type { UploadLocker } from "./locker.ts";
import { refuseClosedDeposit } from "./open.ts";
import { createOpenLimits } from "./open-limits.ts";
import { removeFile } from "./remove-file.ts";
import { BaseFileStore } from "./store.ts";
import { fromTusFailure, toTusFailure } from "./tus-failure.ts";

const ADDRESS =
  /^\/api\/v1\/establishments\/([^/]+)\/bases(?:\/([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}))?$/i;

/** After so long without a byte a reception ends, and its file is free for the next. */
const IDLE_TIMEOUT_MS = 60_000;

export interface DepositEndpoint {
  /** True when the address is the deposit's, which this endpoint then answers. */
  matches(request: IncomingMessage): boolean;
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Ends every reception at its offset and tells its sender when to come back: for a process that leaves. */
  leave(): void;
}

/** tus 1.0 on Node's own request and response. */
export function createDepositEndpoint(
  context: HostingContext,
  locker: UploadLocker,
  { limits = createOpenLimits(), idleTimeoutMs = IDLE_TIMEOUT_MS } = {},
): DepositEndpoint {
  const exchanges = createExchanges();
  const tus = new Server({
    path: "/api/v1/establishments",
    datastore: new BaseFileStore(context, idleTimeoutMs),
    locker,
    maxSize: context.settings.UPLOAD_MAX_BYTES,
    namingFunction: () => randomUUID(),
    generateUrl: (_request, { id }) =>
      `/api/v1/establishments/${currentExchange().establishment.rne}/bases/${id}`,
    // One file has one name: its lock hangs on it.
    getFileIdFromRequest: (request) => ADDRESS.exec(new URL(request.url).pathname)?.[2]?.toLowerCase(),
    onResponseError: (_request, failure) => toTusFailure(failure),
  });

  async function answer(request: IncomingMessage, method: string): Promise<Response> {
    const [, rne = "", segment] = ADDRESS.exec(pathOf(request)) ?? [];
    const id = segment?.toLowerCase();
    if (method === "OPTIONS") return tus.handleWeb(withoutBody(request, method));
    const allowed = id ? ["HEAD", "PATCH", "DELETE"] : ["POST"];
    if (!allowed.includes(method)) return methodNotAllowed(context, [...allowed, "OPTIONS"]);
    const authorization = request.headers.authorization ?? null;
    const { establishment } = await authenticate(context, { rne: decodeRne(rne), authorization }, [
      "establishment",
      "upload",
    ]);
    if (method !== "HEAD") refuseClosedDeposit(establishment);
    const exchange: Exchange = { request, establishment, stop: new AbortController() };
    return limits.count(request, establishment.rne, () =>
      exchanges.run(exchange, async () => {
        if (method === "DELETE" && id) return remove(exchange, id);
        // It may take the place of a file, and would be taken away again.
        if (!id && exchange.stop.signal.aborted) throw new Refusal("not_ready", { retryAfterSeconds: 2 });
        if (!id) refuseLongBody(request);
        const answer = await tus.handleWeb(withoutBody(request, method));
        // Whoever was not told where it is can never go on with it.
        if (answer.status >= 400 && exchange.createdId)
          await removeFile(context, { establishment, id: exchange.createdId }).catch(ignoreRefusal);
        return answer;
      }),
    );
  }

  async function remove({ establishment }: Exchange, id: string): Promise<Response> {
    const lock = locker.newLock(id);
    await lock.lock(new AbortController().signal, () => {});
    try {
      await removeFile(context, { establishment, id });
    } finally {
      await lock.unlock();
    }
    return new Response(null, { status: 204, headers: { "Tus-Resumable": "1.0.0" } });
  }

  return {
    matches: (request) => ADDRESS.test(pathOf(request)),
    handle: async (request, response) => {
      const overridden = request.headers["x-http-method-override"];
      const method =
        request.method === "POST" && overridden === "PATCH" ? "PATCH" : (request.method ?? "GET");
      const answered = await answer(request, method)
        .then((given) => (given.status >= 400 ? asProblem(context, given) : given))
        .catch((failure: unknown) =>
          problemResponse(
            context,
            failure === ERRORS.ERR_LOCK_TIMEOUT ? new Refusal("upload_locked") : failure,
          ),
        );
      await send(request, response, answered);
    },
    leave: exchanges.leave,
  };
}

const pathOf = (request: IncomingMessage): string => (request.url ?? "/").split("?", 1)[0] ?? "/";

function decodeRne(segment: string): string {
  return RneSchema.safeParse(segment).data ?? segment;
}

/** The deposit was handed over, or the file removed, in between. */
function ignoreRefusal(failure: unknown): void {
  if (!(failure instanceof Refusal)) throw failure;
}

/** A creation that brings more bytes than it announces is refused before anything is made. */
function refuseLongBody({ headers }: IncomingMessage): void {
  const announced = headers["upload-length"];
  // Anything but a number is the library's to refuse.
  if (typeof announced !== "string" || !/^\d+$/.test(announced)) return;
  if (Number(headers["content-length"]) > Number(announced)) throw new Refusal("file_too_large");
}

/** Never handed to the library: the method is read already, and it refuses the lists that a chain of proxies makes. */
const KEPT_BACK = ["x-http-method-override", "x-forwarded-proto", "x-forwarded-host", "forwarded"];

/** The library only reads the headers: the body stays Node's, so that no web stream is laid over it. */
function withoutBody(request: IncomingMessage, method: string): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (typeof value === "string" && !KEPT_BACK.includes(name)) headers.set(name, value);
  }
  return new Request(`http://deposit.invalid${request.url ?? "/"}`, { method, headers });
}

function methodNotAllowed(context: HostingContext, allowed: readonly string[]): Response {
  const answer = problemResponse(context, new Refusal("method_not_allowed"));
  answer.headers.set("Allow", allowed.join(", "));
  return answer;
}

function problemResponse(context: HostingContext, failure: unknown): Response {
  const { document, headers } = toProblem(failure, context.log);
  return new Response(JSON.stringify(document), { status: document.status, headers });
}

async function asProblem(context: HostingContext, given: Response): Promise<Response> {
  if (given.headers.get("Content-Type")?.includes("problem")) return given;
  const failure = fromTusFailure(given.status, await given.text());
  const answer = problemResponse(context, failure);
  if (answer.status === 412) answer.headers.set("Tus-Version", "1.0.0");
  for (const [name, value] of given.headers) {
    if (!["content-type", "content-length"].includes(name)) answer.headers.set(name, value);
  }
  return answer;
}

async function send(request: IncomingMessage, response: ServerResponse, answer: Response): Promise<void> {
  if (response.destroyed || response.headersSent) return;
  const body = request.method === "HEAD" || answer.status === 204 ? "" : await answer.text();
  answer.headers.set("Cache-Control", "no-store");
  response.statusCode = answer.status;
  for (const [name, value] of answer.headers) response.setHeader(name, value);
  // The rest of a refused body is not read: the connection ends with the answer.
  if (!request.complete) response.setHeader("Connection", "close");
  response.end(body);
}
