import { createHash, randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Deployment, startDeployment } from "#e2e/deployment/deployment.ts";
import { zipOfBase } from "./archives.ts";
import { expectProblem } from "./call.ts";
import {
  callOn,
  createWaitingSchool,
  expectUnchanged,
  readView,
  type School,
  waitForState,
} from "./school.ts";
import {
  createUpload,
  fileOf,
  head,
  openPart,
  PART,
  readDeposit,
  readOffset,
  requestUpload,
  sendPart,
  upload,
  write,
} from "./tus.ts";
import { waitUntil } from "./wait-until.ts";

const MIB = 1024 * 1024;
const UPLOAD_MAX_BYTES = 8 * MIB;

let deployment: Deployment;
beforeAll(async () => {
  deployment = await startDeployment({ environment: { UPLOAD_MAX_BYTES: String(UPLOAD_MAX_BYTES) } });
});
afterAll(() => deployment.stop());

const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

/** What was sent is what was received: its SHA-256 in the view, once the server has read the file. */
async function expectMounted(school: School, content: Buffer): Promise<void> {
  expect((await callOn(school, "POST", "/deposit/complete")).status).toBe(200);
  const ready = await waitForState(school, "BCDIREADY");
  expect(ready.bases).toMatchObject([{ sha256: sha256(content), size: content.length, status: "mounted" }]);
}

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
    await expectMounted(school, content);
  });

  it("passes through a chain of proxies", async () => {
    const school = await createWaitingSchool(deployment);
    const headers = { "X-Forwarded-Proto": "https, http", "X-Forwarded-Host": "a.example, b.example" };
    const answer = await requestUpload(school, 10, undefined, headers);
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

describe("a PATCH", () => {
  it("brings a file in parts, through its own method or another's", async () => {
    const school = await createWaitingSchool(deployment);
    const content = await zipOfBase("data", 3 * MIB);
    const file = await createUpload(school, content.length);
    expect((await sendPart(school, file, 0, content.subarray(0, MIB))).headers.get("upload-offset")).toBe(
      String(MIB),
    );
    const overridden = await callOn(school, "POST", file, {
      body: content.subarray(MIB, 2 * MIB),
      headers: { ...PART, "Upload-Offset": String(MIB), "X-HTTP-Method-Override": "PATCH" },
    });
    expect([overridden.status, overridden.headers.get("upload-offset")]).toEqual([204, String(2 * MIB)]);
    expect((await sendPart(school, file, 2 * MIB, content.subarray(2 * MIB))).status).toBe(204);
    expect((await readDeposit(school)).files).toMatchObject([
      { status: "received", received: content.length },
    ]);
    await expectMounted(school, content);
  });

  it("is refused elsewhere than at the offset, with other headers, or too long; nothing is lost", async () => {
    const school = await createWaitingSchool(deployment);
    const content = await zipOfBase("data");
    const half = content.subarray(0, 1000);
    const file = await createUpload(school, content.length);
    await sendPart(school, file, 0, half);
    await expectUnchanged(school, async () => {
      for (const offset of [0, 999, 1001, content.length])
        expectProblem(await sendPart(school, file, offset, half), 409, "offset_conflict");
      const patch = (headers: Record<string, string>, body = half) =>
        callOn(school, "PATCH", file, { headers: { ...PART, "Upload-Offset": "1000", ...headers }, body });
      expectProblem(await patch({ "Content-Type": "application/json" }), 415, "unsupported_media_type");
      expectProblem(await patch({ "Tus-Resumable": "2.0.0" }), 412, "precondition_failed");
      expectProblem(await patch({ "Upload-Offset": "-1" }), 422, "invalid_request");
      expectProblem(await patch({ "Upload-Offset": "a" }), 422, "invalid_request");
      expectProblem(await patch({}, Buffer.alloc(content.length)), 413, "file_too_large");
      const { "Content-Type": _type, ...untyped } = PART;
      const headers = { ...untyped, "Upload-Offset": "1000" };
      expectProblem(await callOn(school, "PATCH", file, { headers }), 415, "unsupported_media_type");
      expectProblem(
        await callOn(school, "PATCH", file, { headers: PART, body: half }),
        422,
        "invalid_request",
      );
    });
    expect(await readOffset(school, file)).toBe(1000);
    expect((await sendPart(school, file, 1000, content.subarray(1000))).status).toBe(204);
    await expectMounted(school, content);
  });

  it("without an announced length that is too long loses nothing that was acknowledged", async () => {
    const school = await createWaitingSchool(deployment);
    const content = await zipOfBase("data", MIB);
    const file = await createUpload(school, content.length);
    await sendPart(school, file, 0, content.subarray(0, 1000));
    const endless = openPart(school, file, 1000, { "Transfer-Encoding": "chunked" });
    endless.request.end(Buffer.concat([content.subarray(1000), randomBytes(4 * MIB)]));
    expect([413, null]).toContain(await endless.status);
    expect(await readOffset(school, file)).toBeGreaterThanOrEqual(1000);
  });

  it("sent once more after its answer was lost changes nothing", async () => {
    const school = await createWaitingSchool(deployment);
    const content = await zipOfBase("data");
    const file = await upload(school, content);
    await expectUnchanged(school, async () => {
      expectProblem(await sendPart(school, file, 0, content), 409, "offset_conflict");
      const atTheEnd = await sendPart(school, file, content.length, Buffer.alloc(0));
      expect([atTheEnd.status, atTheEnd.headers.get("upload-offset")]).toEqual([204, String(content.length)]);
    });
    await expectMounted(school, content);
  });

  it("cut by the client keeps what was acknowledged, and goes on to the very same bytes", async () => {
    const school = await createWaitingSchool(deployment);
    const content = await zipOfBase("data", 4 * MIB);
    const file = await createUpload(school, content.length);
    await sendPart(school, file, 0, content.subarray(0, MIB));
    let offset = MIB;
    for (const cutAfterBytes of [700_000, 1, 900_001]) {
      const part = openPart(school, file, offset, { "Content-Length": content.length - offset });
      await write(part, content.subarray(offset, offset + cutAfterBytes));
      part.request.destroy();
      const reached = await readOffset(school, file);
      expect(reached).toBeGreaterThanOrEqual(offset);
      expect(reached).toBeLessThanOrEqual(offset + cutAfterBytes);
      offset = reached;
    }
    expect((await sendPart(school, file, offset, content.subarray(offset))).status).toBe(204);
    await expectMounted(school, content);
  });

  it("of a second computer takes over from the first within a second", async () => {
    const school = await createWaitingSchool(deployment);
    const content = await zipOfBase("data", 2 * MIB);
    const file = await createUpload(school, content.length);
    const first = openPart(school, file, 0, { "Content-Length": content.length });
    await write(first, content.subarray(0, MIB));
    let isOver = false;
    const ended = first.status.then((status) => {
      isOver = true;
      return status;
    });
    // A HEAD that comes before the PATCH holds the file has nobody to send away.
    const offset = await waitUntil("the first sender to be sent away", async () => {
      const askedAt = performance.now();
      const reached = await readOffset(school, file);
      expect(performance.now() - askedAt).toBeLessThan(1_000);
      return isOver ? reached : null;
    });
    expect([423, null]).toContain(await ended);
    first.request.destroy();
    expect(offset).toBeLessThanOrEqual(MIB);
    expect((await sendPart(school, file, offset, content.subarray(offset))).status).toBe(204);
    await expectMounted(school, content);
  });
});

describe("a file", () => {
  it("is removed, half sent or whole, while the deposit is open", async () => {
    const school = await createWaitingSchool(deployment);
    const half = await createUpload(school, 1000, { filename: "half.zip" });
    await sendPart(school, half, 0, Buffer.alloc(500));
    const whole = await upload(school, await zipOfBase("data"));
    for (const file of [half, whole]) {
      expect((await callOn(school, "DELETE", file, { headers: PART })).status).toBe(204);
      expectProblem(await callOn(school, "DELETE", file, { headers: PART }), 404, "not_found");
      expect((await head(school, file)).status).toBe(404);
      expectProblem(await sendPart(school, file, 0, Buffer.alloc(1)), 404, "not_found");
    }
    expect((await readDeposit(school)).files).toEqual([]);
  });

  it("is nobody else's, and is never served back", async () => {
    const school = await createWaitingSchool(deployment);
    const other = await createWaitingSchool(deployment);
    const file = await upload(school, await zipOfBase("data"));
    const withOwnKey = { ...other, path: other.path };
    expect((await head(withOwnKey, file)).status).toBe(404);
    expect((await head({ ...school, key: other.key }, file)).status).toBe(401);
    await expectUnchanged(school, async () => {
      expectProblem(await callOn(other, "DELETE", file, { headers: PART }), 404, "not_found");
      expectProblem(await sendPart(other, file, 0, Buffer.alloc(1)), 404, "not_found");
      const foreign = { headers: PART, key: other.key };
      expectProblem(await callOn(school, "DELETE", file, foreign), 401, "unauthorized");
      expectProblem(await callOn(school, "GET", file), 405, "method_not_allowed");
      const platform = { headers: PART, key: deployment.platformKey };
      expectProblem(await callOn(school, "DELETE", file, platform), 401, "unauthorized");
    });
  });

  it("cannot come, go or grow once the deposit is handed over", async () => {
    const school = await createWaitingSchool(deployment);
    const content = await zipOfBase("data");
    const file = await upload(school, content);
    await expectMounted(school, content);
    const before = await readView(school);
    expectProblem(await requestUpload(school, 10), 409, "state_conflict");
    expectProblem(await sendPart(school, file, content.length, Buffer.alloc(0)), 409, "state_conflict");
    expectProblem(await callOn(school, "DELETE", file, { headers: PART }), 409, "state_conflict");
    const order = { json: { order: [before.bases[0]?.id] } };
    expectProblem(await callOn(school, "PUT", "/deposit", order), 409, "state_conflict");
    expect(await readView(school)).toEqual(before);
  });
});
