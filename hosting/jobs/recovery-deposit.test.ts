import { randomUUID } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { expect, test } from "vitest";
import { addFile } from "#hosting/deposit/add-file.ts";
import { stagingPath } from "#hosting/deposit/storage.ts";
import { retryStep } from "#hosting/establishment/retry.ts";
import {
  baseArchive,
  expectOneEventAndJobPerStep,
  handOver,
  listOpenIncidents,
  listStates,
  SCHOOL,
  useHosting,
} from "#tests/hosting/use-hosting.ts";

const MOUNTED = ["START", "BCDIDBWAIT", "BCDIDBUPLOADED", "BCDIDBUPLOADEDRIGHT", "BCDIREADY"];

test("a mounting and an opening that fail in passing are tried three times more, and nobody is told", async () => {
  const hosting = await useHosting();
  hosting.faults.next("mount", "transient failure", "answer lost", "transient failure");
  hosting.faults.next("open", "answer lost", "transient failure", "answer lost");
  const { rne } = await hosting.createReady();
  expect([hosting.faults.count("mount"), hosting.faults.count("open")]).toEqual([4, 4]);
  expect(await listStates(hosting, rne)).toEqual(MOUNTED);
  expect(await hosting.db.incident.count()).toBe(0);
  expect((await hosting.view(rne)).bases).toMatchObject([{ name: "data", role: "main", status: "mounted" }]);
  await expectOneEventAndJobPerStep(hosting, rne);
});

test("a mounting that fails every time can be asked for again, without a file being sent again", async () => {
  const hosting = await useHosting();
  hosting.faults.next("mount", "transient failure", "transient failure", "answer lost", "transient failure");
  const { rne } = await handOver(hosting);
  const failed = await hosting.reach(rne, "BCDIUPLOADEDERROR");
  const { problem, bases } = await hosting.view(rne);
  expect(problem).toMatchObject({ code: "mounting_failed", action: "wait", retryable: true });
  expect(bases).toMatchObject([{ status: "received", problem: null }]);
  expect(await listOpenIncidents(hosting, rne)).toMatchObject([{ reference: problem?.reference }]);
  await retryStep(hosting.context, { establishment: failed, author: SCHOOL });
  expect((await hosting.reach(rne, "BCDIREADY")).problem).toBeNull();
  expect(await listOpenIncidents(hosting, rne)).toEqual([]);
  await expectOneEventAndJobPerStep(hosting, rne);
});

test("an opening that fails for good can be asked for again, from the files that were kept", async () => {
  const hosting = await useHosting();
  hosting.faults.next("open", "permanent failure");
  const { rne } = await handOver(hosting);
  const failed = await hosting.reach(rne, "BCDIUPLOADEDERROR");
  expect((await hosting.view(rne)).problem).toMatchObject({ code: "opening_failed", retryable: true });
  await retryStep(hosting.context, { establishment: failed, author: SCHOOL });
  await hosting.reach(rne, "BCDIREADY");
  expect(await listOpenIncidents(hosting, rne)).toEqual([]);
});

test("a disk that takes nothing while the files are checked is our incident, not the files' fault", async () => {
  const hosting = await useHosting();
  const { rne } = await hosting.create();
  const establishment = await hosting.reach(rne, "BCDIDBWAIT");
  await hosting.send(rne, "data.zip");
  const staging = dirname(stagingPath(hosting.context, establishment));
  await writeFile(staging, "in the way");
  await hosting.complete(rne);
  const failed = await hosting.reach(rne, "BCDIUPLOADEDERROR");
  const { problem, bases } = await hosting.view(rne);
  expect(problem).toMatchObject({ code: "mounting_failed" });
  expect(bases).toMatchObject([{ status: "received", problem: null }]);
  await rm(staging);
  await retryStep(hosting.context, { establishment: failed, author: SCHOOL });
  await hosting.reach(rne, "BCDIREADY");
});

test("a bad file is asked for again and opens no incident; the good one stays, and both are mounted", async () => {
  const hosting = await useHosting();
  const { rne } = await hosting.create();
  await hosting.reach(rne, "BCDIDBWAIT");
  const good = await hosting.send(rne, "data.zip");
  await hosting.send(rne, "manuels.zip", Buffer.from("Bonjour, voici la base."));
  await hosting.complete(rne);
  await hosting.reach(rne, "BCDIUPLOADEDERROR");
  const { problem, bases } = await hosting.view(rne);
  expect(problem).toMatchObject({ code: "not_an_archive", action: "replace_file" });
  expect(bases).toMatchObject([{ id: good, status: "received" }, { status: "rejected" }]);
  expect(await hosting.db.incident.count()).toBe(0);
  expect(hosting.faults.count("mount")).toBe(0);
  await hosting.send(rne, "manuels.zip", baseArchive("manuels"));
  await hosting.complete(rne);
  await hosting.reach(rne, "BCDIREADY");
  const listed = [
    { name: "data", role: "main" },
    { name: "manuels", role: "secondary" },
  ];
  expect((await hosting.view(rne)).connection?.bases).toEqual(listed);
  await expectOneEventAndJobPerStep(hosting, rne);
});

test("a retry and a new file do not meet: either the file is in the deposit that is checked, or it is refused", async () => {
  const hosting = await useHosting();
  const { rne } = await hosting.create();
  await hosting.reach(rne, "BCDIDBWAIT");
  await hosting.send(rne, "data.zip");
  hosting.faults.next("open", "permanent failure");
  await hosting.complete(rne);
  for (let round = 1; round <= 8; round += 1) {
    const establishment = await hosting.reach(rne, "BCDIUPLOADEDERROR");
    hosting.faults.next("mount", "permanent failure");
    const id = randomUUID();
    const [retried, added] = await Promise.allSettled([
      retryStep(hosting.context, { establishment, author: SCHOOL }),
      addFile(hosting.context, { establishment, id, sizeBytes: 100, metadata: { filename: `${round}.zip` } }),
    ]);
    // A half-sent file is never handed over.
    expect([retried.status, added.status].sort()).toEqual(["fulfilled", "rejected"]);
    await hosting.reach(rne, "BCDIUPLOADEDERROR");
    const files = await hosting.db.baseFile.findMany({ where: { rne } });
    expect(files.filter(({ status }) => status === "rejected")).toEqual([]);
    await hosting.db.baseFile.deleteMany({ where: { id } });
    if (retried.status === "rejected")
      await retryStep(hosting.context, { establishment: await hosting.get(rne), author: SCHOOL });
    await hosting.reach(rne, "BCDIUPLOADEDERROR");
    expect(hosting.faults.count("mount")).toBe(round + 1);
  }
});
