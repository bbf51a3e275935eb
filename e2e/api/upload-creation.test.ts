import { describe, expect, it } from "vitest";
import { zipOfBase } from "#tests/archives/zips.ts";
import { expectProblem } from "#tests/client/expect-problem.ts";
import { expectUnchanged } from "#tests/client/expect-unchanged.ts";
import { callOn, createWaitingSchool } from "#tests/client/school.ts";
import { fileOf, head, PART, readDeposit, requestUpload, sendPart } from "#tests/client/tus.ts";
import { gatedDeployment, GATED_UPLOAD_MAX_BYTES as UPLOAD_MAX_BYTES } from "#tests/deployment/shared.ts";
import { handOverAndExpect } from "./mounted.ts";

const _MIB = 1024 * 1024;

const deployment = gatedDeployment();

describe("a creation", () => {
  it("answers 201 with a relative address, and the file is in the deposit", async () => {
    const school = await createWaitingSchool(deployment);
    const answer = await requestUpload(school, 1000, {
      filename: "élèves & data.zip",
      identity: "AB".repeat(32),
    });
    expect(answer.status).toBe(201);
    expect(answer.headers.get("tus-resumable")).toBe("1.0.0");
    const file = fileOf(school, answer);
    expect((await readDeposit(school)).files).toMatchObject([
      {
        ...{ id: file.slice("/bases/".length), fileName: "élèves & data.zip", role: "main", size: 1000 },
        ...{ received: 0, status: "receiving", sha256: null, identity: "ab".repeat(32), problem: null },
      },
    ]);
    const asked = await head(school, file);
    expect(asked.headers.get("upload-offset")).toBe("0");
    expect(asked.headers.get("upload-length")).toBe("1000");
    expect(asked.headers.get("cache-control")).toBe("no-store");
  });

  it("may bring the first bytes along", async () => {
    const school = await createWaitingSchool(deployment);
    const content = await zipOfBase("data");
    const headers = {
      ...PART,
      ...{ "Upload-Length": String(content.length), "Upload-Metadata": "filename ZGF0YS56aXA=" },
    };
    const answer = await callOn(school, "POST", "/bases", { body: content.subarray(0, 500), headers });
    expect([answer.status, answer.headers.get("upload-offset")]).toEqual([201, "500"]);
    const rest = await sendPart(school, fileOf(school, answer), 500, content.subarray(500));
    expect(rest.status).toBe(204);
    await handOverAndExpect(school, content);
  });

  it("passes through a chain of proxies", async () => {
    const school = await createWaitingSchool(deployment);
    const headers = { "X-Forwarded-Proto": "https, http", "X-Forwarded-Host": "a.example, b.example" };
    const answer = await requestUpload(school, 10, undefined, { headers });
    expect(answer.status, answer.text).toBe(201);
    fileOf(school, answer);
  });

  it("says what the server can do", async () => {
    const school = await createWaitingSchool(deployment);
    const { status, headers } = await callOn(school, "OPTIONS", "/bases");
    expect(status).toBe(204);
    expect(headers.get("tus-version")).toBe("1.0.0");
    expect(headers.get("tus-max-size")).toBe(String(UPLOAD_MAX_BYTES));
    expect(headers.get("tus-extension")).toBe("creation,creation-with-upload,termination");
  });

  const unset = undefined;
  it.each<[string, number, string, Record<string, string | undefined>]>([
    ["no Tus-Resumable", 412, "precondition_failed", { "Tus-Resumable": unset }],
    ["another Tus-Resumable", 412, "precondition_failed", { "Tus-Resumable": "0.2.2" }],
    ["no length", 422, "invalid_request", { "Upload-Length": unset }],
    ["a negative length", 422, "invalid_request", { "Upload-Length": "-1" }],
    ["a length that is no number", 422, "invalid_request", { "Upload-Length": "ten" }],
    ["a length with a fraction", 422, "invalid_request", { "Upload-Length": "1.5" }],
    ["a length of thirty digits", 422, "invalid_request", { "Upload-Length": "9".repeat(30) }],
    ["a length put off", 422, "invalid_request", { "Upload-Length": unset, "Upload-Defer-Length": "1" }],
    ["an upload in pieces", 422, "invalid_request", { "Upload-Concat": "partial" }],
    ["one byte too many", 413, "file_too_large", { "Upload-Length": String(UPLOAD_MAX_BYTES + 1) }],
    ["a length beyond any disk", 413, "file_too_large", { "Upload-Length": "9007199254740992" }],
    ["no metadata", 422, "invalid_request", { "Upload-Metadata": unset }],
    ["metadata not in base 64", 422, "invalid_request", { "Upload-Metadata": "filename é" }],
    ["a name twice", 422, "invalid_request", { "Upload-Metadata": "filename YQ==,filename Yg==" }],
    ["no file name", 422, "invalid_request", { "Upload-Metadata": "role bWFpbg==" }],
    ["an empty file name", 422, "invalid_request", { "Upload-Metadata": "filename " }],
    ["a file name with a folder", 422, "invalid_request", { "Upload-Metadata": "filename Li4vYS56aXA=" }],
    ["another role", 422, "invalid_request", { "Upload-Metadata": "filename YQ==,role Ym9zcw==" }],
    ["a digest too short", 422, "invalid_request", { "Upload-Metadata": "filename YQ==,sha256 YWI=" }],
  ])("with %s is refused and leaves nothing", async (_case, status, code, wrong) => {
    const school = await createWaitingSchool(deployment);
    const given = {
      "Tus-Resumable": "1.0.0",
      "Upload-Length": "10",
      "Upload-Metadata": "filename YQ==",
      ...wrong,
    };
    const headers = Object.fromEntries(
      Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    );
    await expectUnchanged(school, async () => {
      const answer = await callOn(school, "POST", "/bases", { headers });
      expectProblem(answer, status, code);
      if (status === 412) expect(answer.headers.get("tus-version")).toBe("1.0.0");
    });
  });

  it("of a seventeenth file is refused, also when many are created at once", async () => {
    const school = await createWaitingSchool(deployment);
    const names = Array.from({ length: 20 }, (_, index) => `base-${index}.zip`);
    const answers = await Promise.all(names.map((filename) => requestUpload(school, 10, { filename })));
    const refused = answers.filter((answer) => answer.status !== 201);
    expect(refused).toHaveLength(4);
    for (const answer of refused) expectProblem(answer, 413, "too_many_files");
    const [first] = (await readDeposit(school)).files;
    await callOn(school, "DELETE", `/bases/${first?.id}`, { headers: PART });
    expect((await requestUpload(school, 10)).status).toBe(201);
    await expectUnchanged(school, async () => {
      expectProblem(await requestUpload(school, 10), 413, "too_many_files");
    });
  });
});
