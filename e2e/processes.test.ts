import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { UploadTokenSchema } from "#contract/deposit.ts";
import { zipOfBase } from "#tests/archives/zips.ts";
import { callOn, createWaitingSchool, readView, type School, waitForState } from "#tests/client/school.ts";
import { createUpload, sendPart, upload } from "#tests/client/tus.ts";
import { waitUntil } from "#tests/client/wait-until.ts";
import { findFreePort } from "#tests/deployment/deployment.ts";
import { type GatedDeployment, startGatedDeployment } from "#tests/deployment/gates.ts";
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

function makeDataDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "bcdi-processes-"));
  folders.push(directory);
  return directory;
}

async function start(
  environment: Record<string, string> = {},
): Promise<Started & { port: number; DATA_DIR: string }> {
  const port = await findFreePort();
  const DATA_DIR = environment.DATA_DIR ?? makeDataDirectory();
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

describe("a deployment", () => {
  let deployment: GatedDeployment;
  beforeAll(async () => {
    deployment = await startGatedDeployment({ UPLOAD_MAX_BYTES: "100000000" });
  });
  afterEach(() => deployment.gates.openAll());
  afterAll(() => deployment.stop());

  async function createHeldWhileMounting(): Promise<School> {
    const school = await createWaitingSchool(deployment);
    await upload(school, await zipOfBase("data"));
    deployment.gates.close(school.rne, "mount");
    await callOn(school, "POST", "/deposit/complete");
    await waitUntil("the mounting to have begun", () =>
      listProcessesOf("gated-provisioner.ts").length > 0 ? true : null,
    );
    return school;
  }

  it("refuses to be started twice on one folder, at once and clearly", async () => {
    const askedAt = performance.now();
    const second = await start({ DATA_DIR: deployment.dataDirectory });
    expect(await second.ended).toBe(1);
    expect(performance.now() - askedAt).toBeLessThan(10_000);
    expect(second.output()).toMatch(/already running/);
    expect(second.output()).not.toMatch(/\n\s+at /);
    expect((await fetch(`${deployment.url}/api/health`)).ok).toBe(true);
  });

  it("has its server back within seconds after a kill -9, and nothing acknowledged is lost", async () => {
    const school = await createWaitingSchool(deployment);
    const content = await zipOfBase("data", 2_000_000);
    const file = await createUpload(school, content.length);
    await sendPart(school, file, 0, content.subarray(0, 1_000_000));
    const pid = deployment.pidOf("server");
    const killedAt = performance.now();
    process.kill(pid, "SIGKILL");
    await waitUntil("another server", () => (deployment.pidOf("server") === pid ? null : true));
    await waitUntilReady(deployment.url);
    expect(performance.now() - killedAt).toBeLessThan(30_000);
    const sent = await sendPart(school, file, 1_000_000, content.subarray(1_000_000));
    expect(sent.status, sent.text).toBe(204);
    await callOn(school, "POST", "/deposit/complete");
    await waitForState(school, "BCDIREADY");
  });

  it("ends the step that its worker was killed in", { timeout: 120_000 }, async () => {
    const school = await createHeldWhileMounting();
    const pid = deployment.pidOf("worker");
    process.kill(pid, "SIGKILL");
    deployment.gates.openAll();
    const ready = await waitForState(school, "BCDIREADY", 90_000);
    expect(deployment.pidOf("worker")).not.toBe(pid);
    expect(ready.history.map((step) => step.state)).toEqual([
      ...["START", "BCDIDBWAIT", "BCDIDBUPLOADED", "BCDIDBUPLOADEDRIGHT", "BCDIREADY"],
    ]);
  });

  it("prints no key, no token and no password", async () => {
    const school = await createWaitingSchool(deployment);
    const answer = await callOn(school, "POST", "/upload-tokens");
    const { token } = UploadTokenSchema.parse(JSON.parse(answer.text));
    await callOn(school, "GET", "/deposit", { key: token });
    await callOn(school, "GET", `?key=${school.key}&token=${token}`, { key: "wrong" });
    await callOn(school, "GET", `/nothing/${school.key}`);
    await callOn(school, "PUT", "", {
      body: `{"key": "${school.key}"`,
      headers: { "Content-Type": "application/json" },
    });
    const read = (name: string) => readFileSync(join(deployment.dataDirectory, name), "utf8");
    const generated: Record<string, string> = JSON.parse(read("secrets.json"));
    const secrets = [school.key, token, read("postgres/password").trim(), ...Object.values(generated)];
    expect(secrets.length).toBeGreaterThanOrEqual(6);
    const logs = [deployment.output(), read("postgres/postgres.log")].join("\n");
    for (const secret of secrets) expect(logs.includes(secret)).toBe(false);
  });
});

describe("a supervisor", () => {
  it("killed takes its children along, and a new one goes on where it was", {
    timeout: 180_000,
  }, async () => {
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

  it("that is asked to end leaves no process behind", { timeout: 180_000 }, async () => {
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

  it("that is asked to end while it starts leaves no process behind either", {
    timeout: 180_000,
  }, async () => {
    const started = await start();
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
