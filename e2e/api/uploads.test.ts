import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { zipOfBase } from "#tests/archives/zips.ts";
import { expectProblem } from "#tests/client/expect-problem.ts";
import { expectUnchanged } from "#tests/client/expect-unchanged.ts";
import { callOn, createWaitingSchool, readView } from "#tests/client/school.ts";
import {
  createUpload,
  head,
  openPart,
  PART,
  readDeposit,
  readOffset,
  requestUpload,
  sendPart,
  upload,
} from "#tests/client/tus.ts";
import { waitUntil } from "#tests/client/wait-until.ts";
import { gatedDeployment } from "#tests/deployment/shared.ts";
import { handOverAndExpect } from "./mounted.ts";

const MIB = 1024 * 1024;

const deployment = gatedDeployment();

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
    await handOverAndExpect(school, content);
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
    await handOverAndExpect(school, content);
  });

  it("without an announced length that is too long loses nothing that was acknowledged", async () => {
    const school = await createWaitingSchool(deployment);
    const content = await zipOfBase("data", MIB);
    const file = await createUpload(school, content.length);
    await sendPart(school, file, 0, content.subarray(0, 1000));
    const endless = openPart(school, file, { offset: 1000, sizeBytes: null });
    endless.end(Buffer.concat([content.subarray(1000), randomBytes(4 * MIB)]));
    expect([413, undefined]).toContain((await endless.answer)?.status);
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
    await handOverAndExpect(school, content);
  });

  it("cut by the client keeps what was acknowledged, and goes on to the very same bytes", async () => {
    const school = await createWaitingSchool(deployment);
    const content = await zipOfBase("data", 4 * MIB);
    const file = await createUpload(school, content.length);
    await sendPart(school, file, 0, content.subarray(0, MIB));
    let offset = MIB;
    let sent = MIB;
    for (const cutAfterBytes of [700_000, 1, 900_001]) {
      const part = openPart(school, file, { offset, sizeBytes: content.length - offset });
      await part.write(content.subarray(offset, offset + cutAfterBytes));
      part.cut();
      sent = Math.max(sent, offset + cutAfterBytes);
      const reached = await readOffset(school, file);
      expect(reached).toBeGreaterThanOrEqual(offset);
      expect(reached).toBeLessThanOrEqual(sent);
      offset = reached;
    }
    // Bytes of a part that was cut may still arrive after a HEAD: whoever goes on then asks once more.
    await waitUntil("the rest to be taken", async () => {
      const from = await readOffset(school, file);
      expect(from).toBeLessThanOrEqual(sent);
      const answer = await sendPart(school, file, from, content.subarray(from));
      if (answer.status === 204) return true;
      expectProblem(answer, 409, "offset_conflict");
      return null;
    });
    await handOverAndExpect(school, content);
  });

  it("of a second computer takes over from the first, which is sent away", async () => {
    const school = await createWaitingSchool(deployment);
    const content = await zipOfBase("data", 2 * MIB);
    const file = await createUpload(school, content.length);
    const first = openPart(school, file, { offset: 0, sizeBytes: content.length });
    await first.write(content.subarray(0, MIB));
    let isOver = false;
    const ended = first.answer.then((answer) => {
      isOver = true;
      return answer?.status;
    });
    // A HEAD that comes before the PATCH holds the file has nobody to send away.
    const offset = await waitUntil("the first sender to be sent away", async () => {
      const reached = await readOffset(school, file);
      return isOver ? reached : null;
    });
    expect([423, undefined]).toContain(await ended);
    first.cut();
    expect(offset).toBeLessThanOrEqual(MIB);
    expect((await sendPart(school, file, offset, content.subarray(offset))).status).toBe(204);
    await handOverAndExpect(school, content);
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
    await handOverAndExpect(school, content);
    const before = await readView(school);
    expectProblem(await requestUpload(school, 10), 409, "state_conflict");
    expectProblem(await sendPart(school, file, content.length, Buffer.alloc(0)), 409, "state_conflict");
    expectProblem(await callOn(school, "DELETE", file, { headers: PART }), 409, "state_conflict");
    const order = { json: { order: [before.bases[0]?.id] } };
    expectProblem(await callOn(school, "PUT", "/deposit", order), 409, "state_conflict");
    expect(await readView(school)).toEqual(before);
  });
});
