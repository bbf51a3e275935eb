import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { EmbeddedPostgres } from "#platform/database/embedded.ts";
import { type Environment, EnvironmentError, readEnvironment } from "#platform/environment/environment.ts";
import { failureText } from "#platform/failure.ts";
import { EXIT_ADDRESS_IN_USE, EXIT_CONFIGURATION } from "./child.ts";
import { AlreadyRunning, claimDataDirectory } from "./instance-lock.ts";
import { keepPostgres } from "./keep-postgres.ts";
import { findPortProblem } from "./port-probe.ts";
import { runChild, type SupervisedChild } from "./run-child.ts";

const HEALTH_POLL_MS = 200;
/** Several times what the server holds alive: the lower the limit, the sooner V8 collects instead of growing. */
const HEAP_LIMIT = ["--max-old-space-size=512", "--max-semi-space-size=8"];

export interface SuperviseOptions {
  readonly projectDirectory: string;
  readonly isDevelopment: boolean;
  /** Done once the configuration is known to be right and the place to be free. */
  readonly prepare: () => Promise<void>;
}

/** PostgreSQL when none is given, then worker and server as children, until a signal. Ends the process itself. */
export async function supervise({
  projectDirectory,
  isDevelopment,
  prepare,
}: SuperviseOptions): Promise<void> {
  const environment = readOrLeave();
  const release = await claimOrLeave(environment);
  process.on("exit", release);
  await prepare();
  let isLeaving = false;
  let children: readonly SupervisedChild[] = [];
  const startingPostgres = environment.DATABASE_URL
    ? Promise.resolve(null)
    : keepPostgres({
        directory: join(environment.DATA_DIR, "postgres"),
        onRefused: (failure) => console.error("PostgreSQL cannot be started yet:", failureText(failure)),
      });
  process.on("SIGTERM", () => void leave(0));
  process.on("SIGINT", () => void leave(0));
  const postgres = await startingPostgres;
  // Asked to end meanwhile: PostgreSQL, now there to be stopped, is all that runs.
  if (isLeaving) return;
  const childEnvironment: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: isDevelopment ? "development" : "production",
    DATABASE_URL: environment.DATABASE_URL ?? postgres?.connectionString,
    DATA_DIR: environment.DATA_DIR,
  };
  const runDirectory = join(environment.DATA_DIR, "run");
  mkdirSync(runDirectory, { recursive: true });
  const child = (name: "server" | "worker", execArgv: readonly string[]) =>
    runChild({
      ...{ name, execArgv, environment: childEnvironment, script: join(projectDirectory, `${name}.ts`) },
      onStarted: (pid) => writeFileSync(join(runDirectory, `${name}.pid`), String(pid)),
      onHopeless: (code) => void leave(code, hopelessText(environment, code)),
    });
  // Only the worker renders e-mails, which are JSX: it alone needs a loader.
  children = [child("worker", ["--import", "tsx"]), child("server", HEAP_LIMIT)];
  await waitUntilHealthy(environment, () => isLeaving);
  if (!isLeaving) console.log(welcome(environment));

  async function leave(code: number, text?: string): Promise<void> {
    if (isLeaving) return;
    isLeaving = true;
    if (text) console.error(text);
    await Promise.all(children.map((running) => running.stop()));
    await stopPostgres(await startingPostgres);
    process.exit(code);
  }
}

async function stopPostgres(postgres: EmbeddedPostgres | null): Promise<void> {
  await postgres?.stop().catch((failure: unknown) => console.error("PostgreSQL did not stop:", failure));
}

function readOrLeave(): Environment {
  try {
    return readEnvironment(process.env);
  } catch (failure) {
    if (!(failure instanceof EnvironmentError)) throw failure;
    console.error(failure.message);
    process.exit(EXIT_CONFIGURATION);
  }
}

async function claimOrLeave(environment: Environment): Promise<() => void> {
  try {
    const release = claimDataDirectory(environment.DATA_DIR);
    const problem = await findPortProblem(environment.HOST, environment.PORT);
    if (problem === null) return release;
    release();
    console.error(portText(environment, problem));
    process.exit(EXIT_ADDRESS_IN_USE);
  } catch (failure) {
    if (!(failure instanceof AlreadyRunning)) throw failure;
    console.error(`${failure.message} Open ${environment.PUBLIC_URL}, or stop that process first.`);
    process.exit(1);
  }
}

function portText({ HOST, PORT }: Environment, problem: string): string {
  if (problem === "EADDRINUSE")
    return `Port ${PORT} of ${HOST} is taken by another program. Choose another one: PORT=${PORT + 1} npm start`;
  return `Cannot listen on ${HOST}, port ${PORT}: ${problem}.`;
}

function hopelessText(environment: Environment, code: number): string {
  return code === EXIT_ADDRESS_IN_USE
    ? portText(environment, "EADDRINUSE")
    : "The configuration is wrong: see above.";
}

async function waitUntilHealthy({ HOST, PORT }: Environment, isLeaving: () => boolean): Promise<void> {
  const host =
    HOST === "0.0.0.0" ? "127.0.0.1" : HOST === "::" ? "[::1]" : HOST.includes(":") ? `[${HOST}]` : HOST;
  while (!isLeaving()) {
    const isReady = await fetch(`http://${host}:${PORT}/api/health`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (isReady) return;
    await wait(HEALTH_POLL_MS);
  }
}

function welcome({
  PUBLIC_URL,
  STAFF_EMAILS,
  OPERATOR_EMAILS,
  SMTP_URL,
  DATA_DIR,
  SIDES,
}: Environment): string {
  const mails = SMTP_URL ? "by e-mail" : `in ${join(DATA_DIR, "mail")} (no SMTP_URL is set)`;
  const people = [
    ...(SIDES.includes("cyber") ? [`  bookshop's staff   ${STAFF_EMAILS.join(", ")}`] : []),
    ...(SIDES.includes("hosting") ? [`  host's operator    ${OPERATOR_EMAILS.join(", ")}`] : []),
  ];
  return [
    ...["", `Ready: ${PUBLIC_URL}`, "", `Sign in at ${PUBLIC_URL}/connexion as`, ...people],
    ...[`The link and the code to sign in arrive ${mails}.`, ""],
  ].join("\n");
}
