import { existsSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { createWaitingSchool, readView } from "#tests/client/school.ts";
import { waitUntil } from "#tests/client/wait-until.ts";
import { findFreePort, makeDataDirectory } from "#tests/deployment/deployment.ts";
import {
  isRunning,
  listProcessesOf,
  type Started,
  startProcess,
  waitUntilReady,
} from "#tests/deployment/started.ts";

const folders: string[] = [];
const starts: Started[] = [];
afterEach(async () => {
  for (const started of starts.splice(0)) {
    started.kill("SIGTERM");
    await started.ended;
  }
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function makeOwnDataDirectory(isFirstStart = false): string {
  const directory = makeDataDirectory({ isFirstStart });
  folders.push(directory);
  return directory;
}

async function start(
  environment: Record<string, string> = {},
): Promise<Started & { port: number; DATA_DIR: string }> {
  const port = await findFreePort();
  const DATA_DIR = environment.DATA_DIR ?? makeOwnDataDirectory();
  const url = `http://127.0.0.1:${port}`;
  const started = startProcess({ PORT: String(port), PUBLIC_URL: url, ...environment, DATA_DIR });
  starts.push(started);
  return { ...started, port, DATA_DIR };
}

describe("a start that cannot succeed", () => {
  it.each([
    ["PORT", "abc"],
    ["PORT", "70000"],
    ["EMBED_ORIGINS", "https://librairie.example/page"],
    ["SIDES", "foo"],
    ["DATABASE_URL", "mysql://localhost/bcdi"],
    ["PLATFORM_KEY", "court"],
    ["DELETION_GRACE_MINUTES", "-1"],
    ["WEBHOOK_SECRET", "secret-in-clear"],
  ])("names the variable %s that says %s, and ends with 78", async (name, value) => {
    const started = await start({ [name]: value });
    expect(await started.ended).toBe(78);
    expect(started.output()).toContain(name);
    expect(started.output()).not.toMatch(/\n\s+at /);
    if (/KEY|SECRET/.test(name)) expect(started.output()).not.toContain(value);
  });

  it("says that the port is taken, and by which variable to choose another", async () => {
    const other = createServer();
    const port = await findFreePort();
    await new Promise<void>((resolve) => other.listen(port, "127.0.0.1", resolve));
    try {
      const started = await start({ PORT: String(port) });
      expect(await started.ended).not.toBe(0);
      expect(started.output()).toMatch(new RegExp(`${port}.*taken.*PORT=`, "s"));
      expect(listProcessesOf(started.DATA_DIR)).toEqual([]);
    } finally {
      other.close();
    }
  });
});

describe("a supervisor", () => {
  it("killed takes its children along, and a new one goes on where it was", async () => {
    const first = await start();
    const url = `http://127.0.0.1:${first.port}`;
    await waitUntilReady(url);
    const { PLATFORM_KEY = "" }: Record<string, string> = JSON.parse(
      readFileSync(join(first.DATA_DIR, "secrets.json"), "utf8"),
    );
    const school = await createWaitingSchool({ url, platformKey: PLATFORM_KEY });
    const before = await readView(school);
    const children = ["server", "worker"].map((name) =>
      Number(readFileSync(join(first.DATA_DIR, "run", `${name}.pid`), "utf8")),
    );
    process.kill(first.pid, "SIGKILL");
    await waitUntil("the children to leave", () => (children.some(isRunning) ? null : true));
    await start({ DATA_DIR: first.DATA_DIR, PORT: String(first.port), PUBLIC_URL: url });
    await waitUntilReady(url);
    expect(await readView(school)).toEqual(before);
  });

  it("that is asked to end leaves no process behind", async () => {
    const started = await start();
    await waitUntilReady(`http://127.0.0.1:${started.port}`);
    const running = listProcessesOf(started.DATA_DIR);
    // The supervisor, its two children and PostgreSQL's.
    expect(running.length).toBeGreaterThanOrEqual(4);
    started.kill("SIGTERM");
    expect(await started.ended).toBe(0);
    expect(listProcessesOf(started.DATA_DIR)).toEqual([]);
    expect(running.filter(isRunning)).toEqual([]);
  });

  it("that is asked to end while it starts leaves no process behind either", async () => {
    const started = await start({ DATA_DIR: makeOwnDataDirectory(true) });
    await waitUntil("PostgreSQL to be there", () =>
      existsSync(join(started.DATA_DIR, "postgres", "data", "postmaster.pid")) ? true : null,
    );
    started.kill("SIGTERM");
    await started.ended;
    await waitUntil("its processes to end", () =>
      listProcessesOf(started.DATA_DIR).length === 0 ? true : null,
    );
  });
});
