import { createHash } from "node:crypto";
import { createReadStream, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Upload } from "tus-js-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  CreatedEstablishmentSchema,
  type EstablishmentView,
  EstablishmentViewSchema,
} from "#contract/establishment.ts";
import type { State } from "#contract/states.ts";
import { type MadeBase, makeBases } from "#scripts/make-bases.ts";
import { unzip } from "#tests/archives/zips.ts";
import { curl, curlUpload } from "#tests/client/curl.ts";
import { callOn, createWaitingSchool, mintLicence, waitForState } from "#tests/client/school.ts";
import { readDeposit } from "#tests/client/tus.ts";
import { waitUntil } from "#tests/client/wait-until.ts";
import { openDeployment } from "#tests/deployment/shared.ts";
import { readFolder } from "./mounted.ts";

const MIB = 1024 * 1024;
const PART_BYTES = 3 * MIB;

const deployment = openDeployment();
let bases: MadeBase[];
const directory = mkdtempSync(join(tmpdir(), "bcdi-journey-"));
beforeAll(async () => {
  bases = await makeBases({ directory, mainBytes: 8 * MIB, seed: 7 });
});
afterAll(() => rmSync(directory, { recursive: true }));

const sha256 = (path: string) => createHash("sha256").update(readFileSync(path)).digest("hex");
const mountedAt = (rne: string, name: string) =>
  join(deployment.dataDirectory, "instances", rne, "bases", name);

async function expectMountedAsPacked(rne: string): Promise<void> {
  for (const { name, folderPath } of bases)
    expect(await readFolder(mountedAt(rne, name))).toEqual(await readFolder(folderPath));
}

describe("the curl program", () => {
  const licence = mintLicence();
  const address = () => `${deployment.url}/api/v1/establishments/${licence.rne}`;
  const json = ["-H", "Content-Type: application/json"];
  const _tus = ["-H", "Tus-Resumable: 1.0.0"];
  let own: string[] = [];

  const view = async (...parameters: string[]): Promise<EstablishmentView> => {
    const { status, body } = await curl(...own, ...parameters);
    expect(status, body.toString()).toBe(200);
    return EstablishmentViewSchema.parse(JSON.parse(body.toString()));
  };
  const waitFor = (state: State) =>
    waitUntil(`curl to read ${state}`, async () => {
      const read = await view(address());
      return read.state === state ? read : null;
    });

  it("creates an establishment and waits for its server", async () => {
    const created = await curl(
      ...["-X", "POST", `${deployment.url}/api/v1/establishments`, ...json, "-d", JSON.stringify(licence)],
      ...["-H", `Authorization: Bearer ${deployment.platformKey}`],
    );
    expect(created.status).toBe(200);
    const { key } = CreatedEstablishmentSchema.parse(JSON.parse(created.body.toString()));
    own = ["-H", `Authorization: Bearer ${key}`];
    await waitFor("BCDIDBWAIT");
  });

  it("sends the bases in parts, orders them and hands them over", async () => {
    for (const base of [...bases].reverse())
      await curlUpload({ address: address(), own, path: base.zipPath, directory });
    const { bases: received } = await view(address());
    const order = received.map((base) => base.id).reverse();
    const body = JSON.stringify({ order });
    expect((await curl(...own, ...json, "-X", "PUT", `${address()}/deposit`, "-d", body)).status).toBe(200);
    expect((await view("-X", "POST", `${address()}/deposit/complete`)).stateCode).toBe("3");
    const ready = await waitFor("BCDIREADY");
    expect(ready.connection?.bases).toEqual(
      bases.map(({ name }, index) => ({ name, role: index === 0 ? "main" : "secondary" })),
    );
    expect(ready.bases.map((base) => base.sha256)).toEqual(bases.map((base) => sha256(base.zipPath)));
    await expectMountedAsPacked(licence.rne);
  });

  it("changes the licence and finds the server ready again, its bases and its address untouched", async () => {
    const before = await view(address());
    const altering = await view(...json, "-X", "PUT", address(), "-d", '{"griffe":"COLLÈGE RENÉ CHAR"}');
    expect(altering.state).toBe("BCDIALTER");
    const ready = await waitFor("BCDIREADY");
    expect(ready).toMatchObject({ griffe: "COLLÈGE RENÉ CHAR", code: licence.code });
    expect(ready.connection).toMatchObject({ host: before.connection?.host, port: before.connection?.port });
    await expectMountedAsPacked(licence.rne);
  });

  it("deletes the hosting and gets every base back, resuming a download that was cut", async () => {
    expect((await view("-X", "DELETE", address())).state).toBe("BCDIDELETE");
    const deleted = await waitFor("BCDIDELETED");
    expect(deleted).toMatchObject({ stateCode: "8", connection: null, problem: null });
    expect(deleted.downloads.map((found) => found.fileName).sort()).toEqual(
      bases.map(({ name }) => `${name}.zip`).sort(),
    );
    expect(existsSync(join(deployment.dataDirectory, "instances", licence.rne))).toBe(false);
    for (const { fileName, size, sha256: digest, url, expiresAt } of deleted.downloads) {
      const path = join(directory, `back-${fileName}`);
      const cut = await curl("-r", `0-${Math.floor(size / 3)}`, "-o", path, url);
      expect([cut.status, cut.headers.get("accept-ranges")]).toEqual([206, "bytes"]);
      expect(cut.headers.get("content-disposition")).toMatch(/^attachment/);
      const resumed = await curl("-C", "-", "-o", path, url);
      expect([resumed.status, resumed.headers.get("content-range")]).toEqual([
        206,
        `bytes ${Math.floor(size / 3) + 1}-${size - 1}/${size}`,
      ]);
      expect([statSync(path).size, sha256(path)]).toEqual([size, digest]);
      expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now() + 29 * 24 * 3600 * 1000);
      const packed = bases.find(({ name }) => `${name}.zip` === fileName);
      const files = await unzip(readFileSync(path));
      const prefix = [...files.keys()].every((name) => name.startsWith(`${packed?.name}/`))
        ? `${packed?.name}/`
        : "";
      const unpacked = new Map([...files].map(([name, content]) => [name.slice(prefix.length), content]));
      expect(unpacked).toEqual(await readFolder(packed?.folderPath ?? ""));
      expect((await curl(url.replace(/\/[0-9a-f]{8}([0-9a-f]+)\//, "/00000000$1/"))).status).toBe(404);
    }
  });
});

describe("an unmodified tus-js-client", () => {
  it("given an endpoint and a key deposits the bases", async () => {
    const school = await createWaitingSchool(deployment);
    for (const { name, zipPath } of bases)
      await new Promise<void>((resolve, reject) => {
        new Upload(createReadStream(zipPath), {
          endpoint: `${deployment.url}/api/v1${school.path}/bases`,
          headers: { Authorization: `Bearer ${school.key}` },
          metadata: { filename: `${name}.zip` },
          uploadSize: statSync(zipPath).size,
          chunkSize: PART_BYTES,
          onError: reject,
          onSuccess: () => resolve(),
        }).start();
      });
    expect((await readDeposit(school)).files.map((file) => file.status)).toEqual(bases.map(() => "received"));
    await callOn(school, "POST", "/deposit/complete");
    const ready = await waitForState(school, "BCDIREADY");
    expect(ready.bases.map((base) => base.sha256)).toEqual(bases.map((base) => sha256(base.zipPath)));
    await expectMountedAsPacked(school.rne);
  });

  it("takes a file out again", async () => {
    const school = await createWaitingSchool(deployment);
    const url = await new Promise<string>((resolve, reject) => {
      const sending = new Upload(Buffer.alloc(1000), {
        endpoint: `${deployment.url}/api/v1${school.path}/bases`,
        headers: { Authorization: `Bearer ${school.key}` },
        metadata: { filename: "data.zip" },
        onError: reject,
        onSuccess: () => resolve(sending.url ?? ""),
      });
      sending.start();
    });
    await Upload.terminate(url, { headers: { Authorization: `Bearer ${school.key}` } });
    expect((await readDeposit(school)).files).toEqual([]);
  });
});
