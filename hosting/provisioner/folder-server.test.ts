import { spawn } from "node:child_process";
import { appendFile, mkdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { type Database, openDatabase } from "#platform/database/client.ts";
import { findFreePort } from "#platform/free-port.ts";
import {
  expectFailure,
  extractBases,
  mountBases,
  OTHER_BASES,
  readBases,
  THREE_BASES,
} from "#tests/conformance/bases.ts";
import { createFolderHarness } from "#tests/conformance/folder-harness.ts";
import { createTarget } from "#tests/conformance/harness.ts";
import { askServer, isAlive, occupyPort, SERVERS } from "#tests/conformance/server-program.ts";
import { createTestDatabase } from "#tests/database/test-database.ts";
import { createFolderProvisioner } from "./folder/folder-provisioner.ts";
import { createPortLeases } from "./folder/port-leases.ts";
import { MAX_LOG_BYTES } from "./folder/server/bound-log.ts";
import { SERVER_TIMEOUTS } from "./folder/server/control.ts";

let db: Database;
let drop: () => Promise<void>;
beforeAll(async () => {
  const created = await createTestDatabase();
  db = openDatabase(created.connectionString, { maxConnections: 4 });
  drop = created.drop;
});
afterAll(async () => {
  await db.$disconnect();
  await drop();
});

/** A mounted instance whose server is this command. Whatever happens, it is gone with the test. */
async function prepare(command: string, timeouts: Partial<typeof SERVER_TIMEOUTS> = {}) {
  const port = await findFreePort();
  const target = createTarget();
  const harness = await createFolderHarness(
    db,
    {},
    {
      ports: createPortLeases(db, { first: port, last: port }),
      server: { command, ...SERVER_TIMEOUTS, ...timeouts },
    },
  );
  const { provisioner } = harness;
  onTestFinished(async () => {
    await provisioner.remove(target);
    await harness.close();
  });
  await mountBases(harness, target, THREE_BASES);
  return { harness, provisioner, target, port, paths: harness.paths(target.rne) };
}

describe("an opened server", () => {
  test("runs in its instance's folder, knows what it needs and no secret of ours", async () => {
    process.env.SECRET_KEY = "not for the server";
    onTestFinished(() => {
      delete process.env.SECRET_KEY;
    });
    const { provisioner, target, port, paths } = await prepare(SERVERS.serving);
    expect((await provisioner.open(target)).port).toBe(port);
    const answer = await askServer(port);
    expect(answer).toMatchObject({ directory: paths.root, rne: target.rne, hasSecret: false });
    expect(answer.ini).toContain("NOM_BASE=travperso");
    expect(await readFile(paths.serverLog, "utf8")).toContain(`serving ${target.rne}`);
  });

  test("is the same process when it is opened again, by this worker or by the next", async () => {
    const { harness, provisioner, target, port } = await prepare(SERVERS.serving);
    await provisioner.open(target);
    const { pid } = await askServer(port);
    await provisioner.open(target);
    const nextWorker = createFolderProvisioner(harness.options);
    expect(await nextWorker.isOpen?.(target)).toBe(true);
    await nextWorker.open(target);
    expect((await askServer(port)).pid).toBe(pid);
  });

  test("is started again when it died", async () => {
    const { provisioner, target, port } = await prepare(SERVERS.serving);
    expect(await provisioner.isOpen?.(target)).toBe(false);
    await provisioner.open(target);
    const { pid } = await askServer(port);
    process.kill(pid, "SIGKILL");
    await expect.poll(() => provisioner.isOpen?.(target)).toBe(false);
    await provisioner.open(target);
    expect(await provisioner.isOpen?.(target)).toBe(true);
    expect((await askServer(port)).pid).not.toBe(pid);
  });

  test("reads its new licence after alter, and its new bases after mount", async () => {
    const { harness, provisioner, target, port } = await prepare(SERVERS.serving);
    await provisioner.open(target);
    await provisioner.alter({ ...target, griffe: "COLLEGE JEAN MOULIN" });
    expect((await askServer(port)).ini).toContain("ORGANISME=COLLEGE JEAN MOULIN");
    await provisioner.mount(target, await extractBases(harness, OTHER_BASES));
    expect((await askServer(port)).notices).toContain("Vendredi ou la vie sauvage");
  });

  test("is closed for its archives", async () => {
    const { harness, provisioner, target, port } = await prepare(SERVERS.serving);
    await provisioner.open(target);
    const { pid } = await askServer(port);
    expect(await readBases(harness, target)).toEqual(THREE_BASES);
    expect(isAlive(pid)).toBe(false);
  });

  test.each(["serving", "servingFromChild", "deafToTerm"] as const)(
    "%s is gone after remove",
    async (server) => {
      const { provisioner, target, port } = await prepare(SERVERS[server], { stopTimeoutMs: 500 });
      await provisioner.open(target);
      const { pid } = await askServer(port);
      await provisioner.remove(target);
      expect(isAlive(pid)).toBe(false);
    },
  );
});

describe("the log of a running server", () => {
  test("is begun anew when it has grown too large, with its end kept beside it", async () => {
    const { provisioner, target, port, paths } = await prepare(SERVERS.serving);
    await provisioner.open(target);
    await appendFile(paths.serverLog, "small enough\n");
    expect(await provisioner.isOpen?.(target)).toBe(true);
    expect(await readFile(paths.serverLog, "utf8")).toContain("small enough");

    // Zeros that take no room stand in for what the server printed in a year.
    await truncate(paths.serverLog, 40 * MAX_LOG_BYTES);
    await appendFile(paths.serverLog, "the last words\n");
    expect(await provisioner.isOpen?.(target)).toBe(true);
    expect((await stat(paths.serverLog)).size).toBe(0);
    const former = await readFile(`${paths.serverLog}.1`);
    expect(former.length).toBe(MAX_LOG_BYTES);
    expect(former.subarray(-15).toString()).toBe("the last words\n");

    process.kill((await askServer(port)).pid, "SIGUSR2");
    await expect.poll(() => readFile(paths.serverLog, "utf8")).toBe("asked to speak\n");
  });

  test("is emptied even where its end cannot be kept, and the server is none the less open", async () => {
    const { provisioner, target, paths } = await prepare(SERVERS.serving);
    await provisioner.open(target);
    await mkdir(`${paths.serverLog}.1`, { recursive: true });
    await truncate(paths.serverLog, 2 * MAX_LOG_BYTES);
    expect(await provisioner.isOpen?.(target)).toBe(true);
    expect((await stat(paths.serverLog)).size).toBe(0);
  });

  test("does not keep a server from being looked at when it was taken away", async () => {
    const { provisioner, target, paths } = await prepare(SERVERS.serving);
    await provisioner.open(target);
    await rm(paths.serverLog);
    expect(await provisioner.isOpen?.(target)).toBe(true);
  });
});

describe("a server that cannot be opened", () => {
  test("because it ends by itself is a passing failure that shows what it printed", async () => {
    const { provisioner, target, paths } = await prepare(SERVERS.endingAtOnce);
    const says = /ended by itself.*licence refused/s;
    await expectFailure(provisioner.open(target), { isTransient: true, says });
    // Never opened, it has no reason to run after a change.
    await provisioner.alter(target);
    await expect(readFile(paths.server)).rejects.toThrow("ENOENT");
  });

  test("because its port does not answer in time is one, too, and is not left running", async () => {
    const { provisioner, target } = await prepare(SERVERS.silent, { startTimeoutMs: 500 });
    const says = /did not answer.*waiting for a licence/s;
    await expectFailure(provisioner.open(target), { isTransient: true, says });
    expect(await provisioner.isOpen?.(target)).toBe(false);
  });

  test("because another program has its port is not taken for open", async () => {
    const { provisioner, target, port } = await prepare(SERVERS.serving);
    const other = await occupyPort(port);
    onTestFinished(other.close);
    const says = new RegExp(`port ${port} is taken`);
    await expectFailure(provisioner.open(target), { isTransient: true, says });
    expect(await provisioner.isOpen?.(target)).toBe(false);
  });
});

test("a process that was given the number of a dead server is neither taken for it nor ended", async () => {
  const { provisioner, target, port, paths } = await prepare(SERVERS.serving);
  const other = spawn("sleep", ["1000"], { detached: true });
  onTestFinished(() => {
    other.kill("SIGKILL");
  });
  const recorded = { pid: other.pid, mark: "another start", startedAt: new Date().toISOString() };
  await writeFile(paths.server, JSON.stringify(recorded));
  expect(await provisioner.isOpen?.(target)).toBe(false);
  await provisioner.open(target);
  expect((await askServer(port)).pid).not.toBe(other.pid);
  await provisioner.remove(target);
  expect(isAlive(other.pid ?? 0)).toBe(true);
});
