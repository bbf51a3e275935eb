import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Deployment, findFreePort } from "./deployment.ts";
import { waitUntilReady } from "./started.ts";

const PROJECT_DIRECTORY = join(import.meta.dirname, "..", "..");

/** A server that shares a deployment's database and folder. */
export interface SecondServer {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts another server on the same database and the same folder, as a second machine would run it. */
export async function startSecondServer({ dataDirectory }: Deployment): Promise<SecondServer> {
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const read = (file: string) => readFileSync(join(dataDirectory, "postgres", file), "utf8").trim();
  const child = spawn(process.execPath, [join(PROJECT_DIRECTORY, "server.ts")], {
    stdio: "ignore",
    env: {
      ...{ PATH: process.env.PATH, NODE_ENV: "production", DATA_DIR: dataDirectory },
      ...{ PORT: String(port), PUBLIC_URL: url },
      DATABASE_URL: `postgresql://postgres:${read("password")}@127.0.0.1:${read("port")}/bcdi`,
    },
  });
  const ended = once(child, "exit");
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
  };
  try {
    await waitUntilReady(url);
  } catch (failure) {
    await stop();
    throw failure;
  }
  return { url, pid: child.pid ?? 0, stop };
}
