import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import next from "next";
import { accountsProcess, createAccountsContext } from "#accounts/context.ts";
import { createCyberContext, cyberProcess } from "#cyber/context.ts";
import { listSchoolRnes } from "#cyber/establishment/list-school-rnes.ts";
import { createGuessGuard } from "#hosting/access/guess-guard.ts";
import { toProblem } from "#hosting/api/problems.ts";
import { hostingProcess } from "#hosting/context.ts";
import { createDepositEndpoint, type DepositEndpoint } from "#hosting/deposit/endpoint.ts";
import { UploadLocker } from "#hosting/deposit/locker.ts";
import { Refusal } from "#hosting/refusal.ts";
import { createDownloadEndpoint } from "#hosting/restitution/serve-download.ts";
import { systemClock } from "#platform/clock.ts";
import { openDatabase } from "#platform/database/client.ts";
import { EnvironmentError, readEnvironment } from "#platform/environment/environment.ts";
import { failureCode, failureText } from "#platform/failure.ts";
import { startHeartbeat } from "#platform/health/heartbeat.ts";
import { listUnready } from "#platform/health/readiness.ts";
import { waitForSchema } from "#platform/health/wait-for-schema.ts";
import { watchConnections } from "#platform/http/connections.ts";
import { limitSilence } from "#platform/http/limit-silence.ts";
import { createSecurityHeaders } from "#platform/http/security-headers.ts";
import { isServed } from "#platform/http/sides.ts";
import { createLogger } from "#platform/log.ts";
import { openQueue } from "#platform/queue/queue.ts";
import { EXIT_ADDRESS_IN_USE, EXIT_CONFIGURATION, onLeave, tellReady } from "#platform/supervisor/child.ts";

const DRAIN_TIMEOUT_MS = 10_000;
/** What a connection holds in memory while its upload waits for the disk; one that does not wait holds nothing. */
const PAUSED_BYTES = 16 * 1024;

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const environment = await readOrLeave();
const log = createLogger(environment.LOG_LEVEL, "server");
const isDevelopment = process.env.NODE_ENV === "development";
const secondsToWait = createGuessGuard();
let answerOthers: Answer | null = null;
let isLeaving = false;

const server = createServer({ highWaterMark: PAUSED_BYTES, noDelay: true }, (request, response) => {
  void route(request, response).catch((failure: unknown) => {
    log.error({ failure: failureText(failure) }, "request failed");
    if (!response.headersSent) refuse(request, response, failure);
    else response.destroy();
  });
});
const connections = watchConnections(server);
// An upload lasts as long as it lasts; each reception watches its own silence.
server.requestTimeout = 0;
server.headersTimeout = 60_000;
server.keepAliveTimeout = 65_000;
server.on("error", (failure) => {
  log.fatal({ failure: failure.message }, "cannot listen");
  process.exit(failureCode(failure) === "EADDRINUSE" ? EXIT_ADDRESS_IN_USE : 1);
});
server.listen(environment.PORT, environment.HOST);

const { deposit, stopAll } = await start();
onLeave(async (reason) => {
  log.info({ reason }, "leaving");
  isLeaving = true;
  deposit.leave();
  connections.leave();
  await connections.quiet();
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  connections.closeSilent();
  const late = setTimeout(() => server.closeAllConnections(), DRAIN_TIMEOUT_MS - 2_000);
  await closed;
  clearTimeout(late);
  await stopAll();
}, DRAIN_TIMEOUT_MS);

async function start(): Promise<{ deposit: DepositEndpoint; stopAll: () => Promise<void> }> {
  const connectionString = environment.DATABASE_URL ?? "";
  const db = openDatabase(connectionString, {
    onPoolError: (failure) => log.error({ failure: failure.message }, "pool"),
  });
  await waitForSchema(db, log);
  const queue = await openQueue({ connectionString, log, role: "sender", jobs: [] });
  const shared = { database: db, queue, clock: systemClock, log, environment };
  accountsProcess.provide(
    createAccountsContext({ ...shared, listSchoolRnes: (email) => listSchoolRnes({ db }, email) }),
  );
  if (environment.SIDES.includes("cyber")) cyberProcess.provide(createCyberContext(shared));
  const hosting = { db, queue, clock: systemClock, log, settings: environment };
  if (environment.SIDES.includes("hosting")) hostingProcess.provide(hosting);
  const locker = new UploadLocker(connectionString, log);
  const deposit = createDepositEndpoint(hosting, locker);
  const downloads = createDownloadEndpoint(hosting);
  const pages = next({
    dev: isDevelopment,
    dir: import.meta.dirname,
    customServer: true,
    hostname: environment.HOST,
    port: environment.PORT,
  });
  await pages.prepare();
  const answerPages = pages.getRequestHandler();
  const stopHeartbeat = startHeartbeat(db, "server");
  answerOthers = async (request, response) => {
    if (pathOf(request) === "/api/health") return answerHealth(response, await listUnready(db));
    if (deposit.matches(request)) return deposit.handle(request, response);
    limitSilence(request);
    if (downloads.matches(request)) return downloads.handle(request, response);
    await answerPages(request, response);
  };
  log.info({ port: environment.PORT }, "ready");
  tellReady();
  const stopAll = async () => {
    await stopHeartbeat();
    await Promise.allSettled([pages.close(), locker.close(), queue.stop(1_000)]);
    await db.$disconnect();
  };
  return { deposit, stopAll };
}

async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = pathOf(request);
  const headers = createSecurityHeaders(path, {
    embedOrigins: environment.EMBED_ORIGINS,
    framedOrigins: [new URL(environment.HOSTING_URL).origin],
    isHttps: environment.PUBLIC_URL.startsWith("https:"),
    isDevelopment,
  });
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  // Next takes the nonce from here; nobody else gives one.
  request.headers["content-security-policy"] = headers["Content-Security-Policy"];
  if (isLeaving) response.setHeader("Connection", "close");
  if (!answerOthers || isLeaving) {
    if (path === "/api/health") return answerHealth(response, [isLeaving ? "leaving" : "starting"]);
    return refuse(request, response, new Refusal("not_ready", { retryAfterSeconds: 2 }));
  }
  if (!METHODS.includes(request.method ?? "")) {
    response.setHeader("Allow", METHODS.join(", "));
    return refuse(request, response, new Refusal("method_not_allowed"));
  }
  // Next would answer these in its own way, which is no problem document.
  if (path === "/api/v1" || !isDecodable(path)) return refuse(request, response, new Refusal("not_found"));
  if (!isServed(path, environment.SIDES)) return refuse(request, response, new Refusal("not_found"));
  if (path.startsWith("/api/v1/")) {
    const retryAfterSeconds = await secondsToWait(request, response, path);
    if (retryAfterSeconds > 0)
      return refuse(request, response, new Refusal("too_many_requests", { retryAfterSeconds }));
  }
  await answerOthers(request, response);
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? "/").split("?", 1)[0] ?? "/";
}

function isDecodable(path: string): boolean {
  try {
    return decodeURIComponent(path) !== "";
  } catch {
    return false;
  }
}

function answerHealth(response: ServerResponse, unready: readonly string[]): void {
  response.writeHead(unready.length === 0 ? 200 : 503, {
    "Content-Type": "application/json",
    "Cache-Control": "no-store",
  });
  response.end(JSON.stringify({ status: unready.length === 0 ? "ready" : "not_ready", waitingFor: unready }));
}

function refuse(request: IncomingMessage, response: ServerResponse, failure: unknown): void {
  const { document, headers } = toProblem(failure, log);
  if (!request.complete) response.setHeader("Connection", "close");
  response.writeHead(document.status, headers);
  response.end(request.method === "HEAD" ? undefined : JSON.stringify(document));
}

async function readOrLeave() {
  try {
    const read = readEnvironment(process.env);
    if (!read.DATABASE_URL)
      throw new EnvironmentError("DATABASE_URL must be set: npm start sets it, this entry alone does not");
    process.env.NEXTAUTH_URL = read.PUBLIC_URL;
    return read;
  } catch (failure) {
    if (!(failure instanceof EnvironmentError)) throw failure;
    process.stderr.write(`${failure.message}\n`);
    process.exit(EXIT_CONFIGURATION);
  }
}
