import { expect, onTestFinished, test } from "vitest";
import { requestDeletion } from "#hosting/establishment/request-deletion.ts";
import { SERVER_TIMEOUTS } from "#hosting/provisioner/folder/server/control.ts";
import { findFreePort } from "#platform/free-port.ts";
import { askServer, isAlive, occupyPort, SERVERS } from "#tests/conformance/server-program.ts";
import { listOpenIncidents, SCHOOL, useHosting } from "#tests/hosting/use-hosting.ts";
import { keepServers } from "./keep-servers.ts";

/** A school whose server really runs, on a port that the test knows. It is gone with the test. */
async function useServer() {
  const port = await findFreePort();
  const hosting = await useHosting({
    folder: {
      ports: { lease: async () => port, release: async () => {} },
      server: { command: SERVERS.serving, ...SERVER_TIMEOUTS },
    },
  });
  const { rne } = await hosting.createReady();
  onTestFinished(async () => {
    const { cycle, griffe, code, version } = await hosting.get(rne);
    await hosting.context.provisioner.remove({ rne, cycle, griffe, code, version });
  });
  const kill = async () => {
    const { pid } = await askServer(port);
    process.kill(pid, "SIGKILL");
    await expect.poll(() => isAlive(pid)).toBe(false);
    return pid;
  };
  return { hosting, rne, port, kill };
}

test("a server that died is opened again, and the journal says so; one that answers is left alone", async () => {
  const { hosting, rne, port, kill } = await useServer();
  await keepServers(hosting.context);
  expect(hosting.faults.count("open")).toBe(1);
  const pid = await kill();
  await keepServers(hosting.context);
  expect((await askServer(port)).pid).not.toBe(pid);
  const opened = { where: { rne, operation: "open", outcome: "done" } };
  expect(await hosting.db.provisioningEntry.count(opened)).toBe(2);
  expect(await hosting.db.incident.count()).toBe(0);
});

test("after three failures in a row an incident is opened, which closes by itself once it answers", async () => {
  const { hosting, rne, port, kill } = await useServer();
  await kill();
  const other = await occupyPort(port);
  await keepServers(hosting.context);
  await keepServers(hosting.context);
  expect(await listOpenIncidents(hosting, rne)).toEqual([]);
  await keepServers(hosting.context);
  const [incident] = await listOpenIncidents(hosting, rne);
  expect(incident).toMatchObject({ kind: "server_down" });
  expect(incident?.detail).toContain("is taken by another program");
  const { state, problem } = await hosting.view(rne);
  expect([state, problem?.reference]).toEqual(["BCDIREADY", incident?.reference]);

  // With a person looking, it is tried less often.
  await keepServers(hosting.context);
  expect(hosting.faults.count("open")).toBe(4);
  await other.close();
  hosting.advance(16 * 60_000);
  await keepServers(hosting.context);
  expect((await askServer(port)).rne).toBe(rne);
  expect(await listOpenIncidents(hosting, rne)).toEqual([]);
  expect((await hosting.view(rne)).problem).toBeNull();
});

test("a server that is being deleted is not opened again", async () => {
  const { hosting, rne, kill } = await useServer();
  await kill();
  await requestDeletion(hosting.context, { establishment: await hosting.get(rne), author: SCHOOL });
  const removal = await hosting.hold(rne, "remove");
  await keepServers(hosting.context);
  expect(hosting.faults.count("open")).toBe(1);
  await removal.release();
  await hosting.reach(rne, "BCDIDELETED");
});

test("without a server command there is nothing to keep; with one, it is looked at every minute", async () => {
  const hosting = await useHosting();
  await hosting.createReady();
  await keepServers(hosting.context);
  expect(hosting.faults.count("open")).toBe(1);
  const planned = await hosting.db.$queryRaw`
    SELECT cron FROM queue.schedule WHERE name = 'hosting.keep-servers'`;
  expect(planned).toEqual([{ cron: "* * * * *" }]);
});
