import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { sweepHosting } from "#hosting/jobs/sweep.ts";
import { findArchivePath } from "#tests/hosting/read-downloads.ts";
import { type Answer, useDownload } from "#tests/hosting/use-download.ts";
import { attachment } from "./content-disposition.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const OTHER_TAG = `"${"0".repeat(64)}"`;

const codeOf = ({ body }: Answer): unknown => Object(JSON.parse(body.toString("utf8"))).code;

test("an archive is served whole, as an attachment that nobody keeps, with its SHA-256 as strong ETag", async () => {
  const { ask, bytes, fileName } = await useDownload();
  const { status, headers, body } = await ask("GET");
  expect([status, body]).toEqual([200, bytes]);
  expect(headers).toMatchObject({
    etag: `"${createHash("sha256").update(bytes).digest("hex")}"`,
    "content-length": String(bytes.length),
    "content-type": "application/zip",
    "content-disposition": attachment(fileName),
    "accept-ranges": "bytes",
    "x-content-type-options": "nosniff",
    "cache-control": "private, no-store",
  });
});

test("HEAD says the same without the bytes", async () => {
  const { ask } = await useDownload();
  const { date: _, ...whole } = (await ask("GET")).headers;
  const { status, headers, body } = await ask("HEAD");
  expect([status, body.length]).toEqual([200, 0]);
  expect(headers).toMatchObject(whole);
  expect(await ask("DELETE")).toMatchObject({ status: 405, headers: { allow: "GET, HEAD" } });
});

test("a part is served alone; one beyond the end is refused with the archive's length", async () => {
  const { ask, bytes } = await useDownload();
  const part = await ask("GET", { range: "bytes=9000-" });
  expect([part.status, part.body]).toEqual([206, bytes.subarray(9000)]);
  expect(part.headers["content-range"]).toBe(`bytes 9000-9999/${bytes.length}`);
  const beyond = await ask("GET", { range: "bytes=10000-" });
  expect([beyond.status, codeOf(beyond)]).toEqual([416, "invalid_request"]);
  expect(beyond.headers["content-range"]).toBe(`bytes */${bytes.length}`);
});

test("If-Range: the part when the archive is the same, else the whole of it", async () => {
  const { ask, etag, bytes } = await useDownload();
  const askPart = (ifRange: string) => ask("GET", { range: "bytes=0-9", "if-range": ifRange });
  expect(await askPart(etag)).toMatchObject({ status: 206, body: bytes.subarray(0, 10) });
  // RFC 9110, 13.1.5: compared strongly, a weak tag matches nothing; nor is a list of tags one.
  for (const other of [OTHER_TAG, `W/${etag}`, `${OTHER_TAG}, ${etag}`])
    expect(await askPart(other), other).toMatchObject({ status: 200, body: bytes });
});

test("If-Match: 412 for another archive, weakly compared tags included", async () => {
  const { ask, etag } = await useDownload();
  for (const same of [etag, "*", `${OTHER_TAG}, ${etag}`])
    expect(await ask("GET", { "if-match": same }), same).toMatchObject({ status: 200 });
  for (const other of [OTHER_TAG, `W/${etag}`]) {
    const answer = await ask("GET", { "if-match": other });
    expect([answer.status, codeOf(answer)], other).toEqual([412, "precondition_failed"]);
    expect(answer.headers).not.toHaveProperty("content-disposition");
  }
  const since = new Date(0).toUTCString();
  expect(await ask("GET", { "if-unmodified-since": since })).toMatchObject({ status: 412 });
});

test("If-None-Match: 304 for the archive that one has", async () => {
  const { ask, etag } = await useDownload();
  for (const same of [etag, `W/${etag}`])
    expect(await ask("GET", { "if-none-match": same })).toMatchObject({ status: 304, headers: { etag } });
  expect(await ask("GET", { "if-none-match": OTHER_TAG })).toMatchObject({ status: 200 });
});

test("at its date an archive is gone, at the same address; a wrong address never was one", async () => {
  const { ask, path, hosting } = await useDownload();
  const [before, last] = [path.slice(0, -1), path.slice(-1)];
  const signature = path.split("/").at(-2) ?? "";
  const forged = path.replace(signature, signature.split("").reverse().join(""));
  expect(await ask("GET", {}, forged)).toMatchObject({ status: 404 });
  expect(await ask("GET", {}, `${before}x${last}`), "the name is not signed").toMatchObject({ status: 200 });
  hosting.advance(31 * DAY_MS);
  const gone = await ask("GET");
  expect([gone.status, codeOf(gone)]).toEqual([410, "gone"]);
  expect(gone.headers).not.toHaveProperty("etag");
  await sweepHosting(hosting.context);
  expect(await ask("GET"), "forgotten").toMatchObject({ status: 404 });
});

test("an archive that an earlier version wrote under its own name is served, and removed at its date", async () => {
  const { ask, bytes, hosting, rne, fileName } = await useDownload("Été (1)'s.zip");
  const path = await findArchivePath(hosting, rne, fileName);
  const formerPath = join(dirname(path), fileName);
  await rename(path, formerPath);
  await hosting.db.download.updateMany({ where: { rne }, data: { storedName: fileName } });
  expect(await ask("GET")).toMatchObject({ status: 200, body: bytes });
  hosting.advance(31 * DAY_MS);
  await sweepHosting(hosting.context);
  expect(existsSync(formerPath)).toBe(false);
});

// RFC 6266, 4.3 and appendix D; RFC 8187, 3.2.1: attr-char has no ' ( ) *
test.each([
  ["data.zip", `attachment; filename="data.zip"; filename*=UTF-8''data.zip`],
  [
    "L'été (1)*.zip",
    `attachment; filename="L'ete (1)*.zip"; filename*=UTF-8''L%27%C3%A9t%C3%A9%20%281%29%2A.zip`,
  ],
  ['a"b\\c%41.zip', `attachment; filename="a_b_c_41.zip"; filename*=UTF-8''a%22b%5Cc%2541.zip`],
  ["œuvres 📚.zip", `attachment; filename="_uvres _.zip"; filename*=UTF-8''%C5%93uvres%20%F0%9F%93%9A.zip`],
])("the file %s keeps its name, and has one in ASCII", (fileName, header) => {
  expect(attachment(fileName)).toBe(header);
});
