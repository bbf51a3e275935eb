import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { zipOfBase } from "#tests/archives/zips.ts";
import { expectProblem } from "#tests/client/expect-problem.ts";
import { expectUnchanged } from "#tests/client/expect-unchanged.ts";
import {
  callOn,
  createWaitingSchool,
  parseView,
  readView,
  type School,
  waitForState,
} from "#tests/client/school.ts";
import { createUpload, idOf, PART, readDeposit, sendPart, upload } from "#tests/client/tus.ts";
import { openDeployment } from "#tests/deployment/shared.ts";
import { depositRejected, REJECTED, TRUNCATED } from "./rejected-files.ts";

const deployment = openDeployment();

const complete = (school: School) => callOn(school, "POST", "/deposit/complete");
const remove = (school: School, file: string) => callOn(school, "DELETE", file, { headers: PART });

async function handOver(school: School): Promise<void> {
  expect(["BCDIDBUPLOADED", "BCDIDBUPLOADEDRIGHT", "BCDIREADY", "BCDIUPLOADEDERROR"]).toContain(
    parseView(await complete(school)).state,
  );
}

describe("the order of the files", () => {
  it("is that of their creation, unless one is said to be the main base", async () => {
    const school = await createWaitingSchool(deployment);
    await createUpload(school, 10, { filename: "travperso.zip" });
    await createUpload(school, 10, { filename: "manuels.zip", role: "secondary" });
    await createUpload(school, 10, { filename: "data.zip", role: "main" });
    const { files, complete: isComplete } = await readDeposit(school);
    expect(files.map((file) => [file.fileName, file.role])).toEqual([
      ["data.zip", "main"],
      ["travperso.zip", "secondary"],
      ["manuels.zip", "secondary"],
    ]);
    expect(isComplete).toBe(false);
  });

  it("is as it is given; the first is the main base, on the server too", async () => {
    const school = await createWaitingSchool(deployment);
    const names = ["manuels", "travperso", "data"];
    const files: string[] = [];
    for (const name of names)
      files.push(await upload(school, await zipOfBase(name), { filename: `${name}.zip` }));
    const order = files.map(idOf).reverse();
    const answer = await callOn(school, "PUT", "/deposit", { json: { order } });
    expect(answer.status, answer.text).toBe(200);
    expect((await readDeposit(school)).files.map((file) => file.id)).toEqual(order);
    await handOver(school);
    const ready = await waitForState(school, "BCDIREADY");
    expect(ready.connection?.bases).toEqual([
      { name: "data", role: "main" },
      { name: "travperso", role: "secondary" },
      { name: "manuels", role: "secondary" },
    ]);
    expect((await readDeposit(school)).complete).toBe(true);
  });

  it("that does not name each file once is refused", async () => {
    const school = await createWaitingSchool(deployment);
    const other = await createWaitingSchool(deployment);
    const [a, b] = [idOf(await createUpload(school, 10)), idOf(await createUpload(school, 10))];
    const foreign = idOf(await createUpload(other, 10));
    await expectUnchanged(school, async () => {
      for (const order of [
        [],
        [a],
        [a, a],
        [a, b, b],
        [a, foreign],
        [a, randomUUID()],
        [a, "main"],
        [a, 1],
        null,
      ])
        expectProblem(await callOn(school, "PUT", "/deposit", { json: { order } }), 422, "invalid_request");
      expectProblem(await callOn(school, "PUT", "/deposit", { json: {} }), 422, "invalid_request");
      expectProblem(
        await callOn(school, "PUT", "/deposit", { json: { order: [b, a], x: 1 } }),
        422,
        "invalid_request",
      );
    });
  });
});

describe("a deposit handed over", () => {
  it("without a base, or with one that is not whole, is refused and says which", async () => {
    const school = await createWaitingSchool(deployment);
    await expectUnchanged(school, async () => {
      expectProblem(await complete(school), 409, "main_base_missing");
    });
    await upload(school, await zipOfBase("data"));
    const half = await createUpload(school, 1000, { filename: "manuels.zip" });
    await sendPart(school, half, 0, Buffer.alloc(250));
    await expectUnchanged(school, async () => {
      const { errors, detail } = expectProblem(await complete(school), 409, "deposit_incomplete");
      expect(errors).toMatchObject([{ field: idOf(half) }]);
      expect(detail).toContain("manuels.zip");
      expect(detail).toContain("25\u00a0%");
    });
    await remove(school, half);
    await handOver(school);
    await waitForState(school, "BCDIREADY");
  });

  it("ten times at once is handed over once, and once more later answers the same", async () => {
    const school = await createWaitingSchool(deployment);
    await upload(school, await zipOfBase("data"));
    const answers = await Promise.all(Array.from({ length: 10 }, () => complete(school)));
    for (const answer of answers) expect(answer.status, answer.text).toBe(200);
    const ready = await waitForState(school, "BCDIREADY");
    expect(ready.history.map((step) => step.state)).toEqual([
      ...["START", "BCDIDBWAIT", "BCDIDBUPLOADED", "BCDIDBUPLOADEDRIGHT", "BCDIREADY"],
    ]);
    expect(parseView(await complete(school))).toEqual(ready);
  });
});

describe("a file that is no base", () => {
  it.each(REJECTED)(
    "is rejected as $code in plain French, and the good one stays: $what",
    async (rejected) => {
      const { code } = rejected;
      const { school, bad } = await depositRejected(deployment, rejected);
      const view = await readView(school);
      expect(view).toMatchObject({ stateCode: "E2", actor: "establishment", connection: null });
      expect(view.problem).toMatchObject({ code, action: "replace_file" });
      expect(view.bases).toMatchObject([
        { name: "data", status: "received", problem: null },
        { id: idOf(bad), status: "rejected", problem: { code, action: "replace_file" } },
      ]);
      expect(view.bases[1]?.problem?.detail).toMatch(/^manuels\.zip\u202f: \p{Lu}.*[.!?]$/su);
      const deposit = await readDeposit(school);
      expect([deposit.complete, deposit.problems.map((problem) => problem.code)]).toEqual([false, [code]]);
      expectProblem(await complete(school), 409, "deposit_incomplete");
    },
  );

  it("is replaced by one of the same name, and the deposit goes on", async () => {
    const { school, bad } = await depositRejected(deployment, TRUNCATED);
    const file = await upload(school, await zipOfBase("manuels"), { filename: "manuels.zip" });
    expect(file).not.toBe(bad);
    expect((await readDeposit(school)).files.map((found) => found.id)).toContain(idOf(file));
    expect((await readDeposit(school)).files).toHaveLength(2);
    await handOver(school);
    const ready = await waitForState(school, "BCDIREADY");
    expect(ready).toMatchObject({
      problem: null,
      connection: { bases: [{ name: "data" }, { name: "manuels" }] },
    });
  });

  it("is taken out and one of another name put in its place", async () => {
    const { school, bad } = await depositRejected(deployment, TRUNCATED);
    expect((await remove(school, bad)).status).toBe(204);
    await upload(school, await zipOfBase("manuels"), { filename: "sauvegarde.zip" });
    await handOver(school);
    const ready = await waitForState(school, "BCDIREADY");
    expect(ready.bases.map((base) => base.fileName)).toEqual(["data.zip", "sauvegarde.zip"]);
  });

  it("is taken out, and the rest is enough", async () => {
    const { school, bad } = await depositRejected(deployment, TRUNCATED);
    await remove(school, bad);
    await handOver(school);
    expect((await waitForState(school, "BCDIREADY")).bases).toHaveLength(1);
  });

  it("is checked once more on a retry, and rejected for the same reason", async () => {
    const { school } = await depositRejected(deployment, TRUNCATED);
    expect(parseView(await callOn(school, "POST", "/retry"))).toMatchObject({
      state: "BCDIDBUPLOADED",
      problem: null,
    });
    const again = await waitForState(school, "BCDIUPLOADEDERROR");
    expect(again.problem?.code).toBe("truncated");
    expect(again.history.filter((step) => step.state === "BCDIDBUPLOADED")).toHaveLength(2);
  });
});
