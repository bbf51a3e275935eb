import { writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import type { State } from "#contract/states.ts";
import { recordReceived } from "#hosting/deposit/record-received.ts";
import { uploadPath } from "#hosting/deposit/storage.ts";
import { alterEstablishment } from "#hosting/establishment/alter.ts";
import { cancelDeletion } from "#hosting/establishment/cancel-deletion.ts";
import { requestDeletion } from "#hosting/establishment/request-deletion.ts";
import { retryStep } from "#hosting/establishment/retry.ts";
import {
  baseArchive,
  expectOneEventPerStep,
  type HostingTest,
  SCHOOL,
  useHosting,
} from "#tests/hosting/use-hosting.ts";

const GRACE_MINUTES = 10;

const request = async (hosting: HostingTest, rne: string) =>
  requestDeletion(hosting.context, { establishment: await hosting.get(rne), author: SCHOOL });
const cancel = async (hosting: HostingTest, rne: string) =>
  cancelDeletion(hosting.context, { establishment: await hosting.get(rne), author: SCHOOL });
const retry = async (hosting: HostingTest, rne: string) =>
  retryStep(hosting.context, { establishment: await hosting.get(rne), author: SCHOOL });

async function requestAndCancel(hosting: HostingTest, rne: string, state: State): Promise<void> {
  const before = await hosting.view(rne);
  expect(before.state).toBe(state);
  expect((await request(hosting, rne)).state).toBe("BCDIDELETE");
  const after = await cancel(hosting, rne);
  const { bases, problem, connection } = before;
  expect(after).toMatchObject({ state, bases, problem, connection });
}

async function create(hosting: HostingTest): Promise<string> {
  return (await hosting.create()).rne;
}

async function createAndDeposit(hosting: HostingTest): Promise<string> {
  const rne = await create(hosting);
  await deposit(hosting, rne);
  return rne;
}

async function deposit(hosting: HostingTest, rne: string): Promise<void> {
  await hosting.reach(rne, "BCDIDBWAIT");
  await hosting.send(rne, "data.zip");
  await hosting.complete(rne);
}

/** Each leads an establishment into a state, has its deletion asked for and taken back there, and goes on. */
const CASES: Record<string, (hosting: HostingTest) => Promise<string>> = {
  START: async (hosting) => {
    const rne = await create(hosting);
    const install = await hosting.hold(rne, "install");
    await requestAndCancel(hosting, rne, "START");
    await install.release();
    await deposit(hosting, rne);
    return rne;
  },
  "BCDIDBWAIT with a half-sent file": async (hosting) => {
    const rne = await create(hosting);
    await hosting.reach(rne, "BCDIDBWAIT");
    const bytes = baseArchive();
    const id = await hosting.send(rne, "data.zip", bytes, { isHalf: true });
    await requestAndCancel(hosting, rne, "BCDIDBWAIT");
    await writeFile(uploadPath(hosting.context, { rne, id }), bytes);
    const file = await hosting.db.baseFile.findUniqueOrThrow({ where: { id } });
    await recordReceived(hosting.context, file, bytes.length);
    await hosting.complete(rne);
    return rne;
  },
  BCDIDBUPLOADED: async (hosting) => {
    const rne = await createAndDeposit(hosting);
    const mount = await hosting.hold(rne, "mount");
    await requestAndCancel(hosting, rne, "BCDIDBUPLOADED");
    await mount.release();
    return rne;
  },
  BCDIDBUPLOADEDRIGHT: async (hosting) => {
    const rne = await createAndDeposit(hosting);
    await hosting.reach(rne, "BCDIDBUPLOADEDRIGHT");
    const opening = await hosting.hold(rne, "open");
    await requestAndCancel(hosting, rne, "BCDIDBUPLOADEDRIGHT");
    await opening.release();
    return rne;
  },
  BCDIREADY: async (hosting) => {
    const { rne } = await hosting.createReady();
    await requestAndCancel(hosting, rne, "BCDIREADY");
    return rne;
  },
  BCDIALTER: async (hosting) => {
    const establishment = await hosting.createReady();
    const { rne } = establishment;
    await alterEstablishment(hosting.context, { establishment, changes: { version: "SP" }, author: SCHOOL });
    const alteration = await hosting.hold(rne, "alter");
    await requestAndCancel(hosting, rne, "BCDIALTER");
    await alteration.release();
    expect(await hosting.reach(rne, "BCDIREADY")).toMatchObject({ version: "SP" });
    return rne;
  },
  STARTERROR: async (hosting) => {
    hosting.faults.next("install", "permanent failure");
    const rne = await create(hosting);
    await hosting.reach(rne, "STARTERROR");
    await requestAndCancel(hosting, rne, "STARTERROR");
    await retry(hosting, rne);
    await deposit(hosting, rne);
    return rne;
  },
  BCDIUPLOADEDERROR: async (hosting) => {
    hosting.faults.next("mount", "permanent failure");
    const rne = await createAndDeposit(hosting);
    await hosting.reach(rne, "BCDIUPLOADEDERROR");
    await requestAndCancel(hosting, rne, "BCDIUPLOADEDERROR");
    await retry(hosting, rne);
    return rne;
  },
};

test.each(Object.entries(CASES))(
  "a deletion taken back in %s returns there, and the rest goes on",
  async (_state, lead) => {
    const hosting = await useHosting({ graceMinutes: GRACE_MINUTES });
    const rne = await lead(hosting);
    expect(await hosting.reach(rne, "BCDIREADY")).toMatchObject({ removalDueAt: null, deleteFrom: null });
    expect((await hosting.view(rne)).bases).toMatchObject([{ name: "data", status: "mounted" }]);
    expect(await hosting.readIni(rne)).toContain("NOM_BASE=data");
    await expectOneEventPerStep(hosting, rne);
  },
);

test("a deletion taken back is not carried out when its time comes; asked for again, it is", async () => {
  const hosting = await useHosting({ graceMinutes: GRACE_MINUTES });
  const { rne } = await hosting.createReady();
  await request(hosting, rne);
  await cancel(hosting, rne);
  hosting.advance(GRACE_MINUTES * 60_000 + 1);
  await hosting.workAll(rne);
  expect((await hosting.get(rne)).state).toBe("BCDIREADY");
  await request(hosting, rne);
  await expect(cancel(hosting, rne)).resolves.toMatchObject({ state: "BCDIREADY" });

  await request(hosting, rne);
  hosting.advance(GRACE_MINUTES * 60_000 + 1);
  await expect(cancel(hosting, rne)).rejects.toMatchObject({ code: "state_conflict" });
  await hosting.reach(rne, "BCDIDELETED");
  expect(hosting.faults.count("remove")).toBe(1);
});

test("a cancellation that comes while the removal begins is refused, whatever it had read before", async () => {
  const hosting = await useHosting();
  const { rne } = await hosting.createReady();
  const asked = Date.now();
  await request(hosting, rne);
  const read = await hosting.get(rne);
  const archiving = await hosting.hold(rne, "archive");
  // As a request that read its row in time, and then waited.
  const early = { ...hosting.context, clock: { now: () => new Date(asked - 1_000) } };
  const before = { ...read, removalStartedAt: null };
  await expect(cancelDeletion(early, { establishment: before, author: SCHOOL })).rejects.toMatchObject({
    code: "state_conflict",
  });
  await archiving.release();
  await hosting.reach(rne, "BCDIDELETED");
  expect((await hosting.view(rne)).downloads).toHaveLength(1);
});

test("a deletion that was cancelled teaches nothing about how long deletions take", async () => {
  const hosting = await useHosting({ graceMinutes: GRACE_MINUTES });
  const { rne } = await hosting.createReady();
  await request(hosting, rne);
  await cancel(hosting, rne);
  const [cancelled] = await hosting.db.history.findMany({ where: { rne, fromState: "BCDIDELETE" } });
  expect(cancelled).toMatchObject({ state: "BCDIREADY", durationMs: null });
});
