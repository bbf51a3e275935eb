import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { build } from "esbuild";
import { DepositSchema } from "#contract/deposit.ts";
import { callOn, createWaitingSchool } from "#tests/client/school.ts";
import { startDeployment } from "#tests/deployment/deployment.ts";

const SIZES = [3 * 1024 * 1024 + 17, 1, 700_000];

/** The same bytes as the page's. */
function bytesOf(seed: number, sizeBytes: number): Buffer {
  const bytes = Buffer.alloc(sizeBytes);
  let state = seed + 1;
  for (let index = 0; index < sizeBytes; index += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[index] = state >>> 24;
  }
  return bytes;
}

const digest = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

test("Uppy's tus plugin, on another site's page, sends bases whole, in pieces, and after a pause", async ({
  page,
}) => {
  const entry = join(import.meta.dirname, "..", "clients", "uppy-page.ts");
  const bundle = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
  });
  const script = bundle.outputFiles[0]?.text ?? "";
  const site = createServer((request, response) => {
    const isScript = request.url === "/uppy.js";
    response.setHeader("Content-Type", isScript ? "text/javascript" : "text/html; charset=utf-8");
    response.end(isScript ? script : '<!doctype html><script src="/uppy.js"></script>');
  });
  await new Promise<void>((resolve) => site.listen(0, "localhost", resolve));
  const address = site.address();
  const deployment = await startDeployment();
  try {
    await page.goto(`http://localhost:${typeof address === "object" ? address?.port : 0}`);
    for (const { chunkSize, pauseAfterBytes } of [
      { chunkSize: Number.MAX_SAFE_INTEGER, pauseAfterBytes: null },
      { chunkSize: 256 * 1024, pauseAfterBytes: null },
      { chunkSize: 64 * 1024, pauseAfterBytes: 512 * 1024 },
    ]) {
      const school = await createWaitingSchool(deployment);
      const endpoint = `${deployment.url}/api/v1${school.path}/bases`;
      const options = { endpoint, key: school.key, chunkSize, sizes: SIZES, pauseAfterBytes };
      const outcome = await page.evaluate((given) => window.sendWithUppy(given), options);
      expect(outcome).toEqual({
        successful: SIZES.length,
        errors: [],
        pauses: pauseAfterBytes === null ? 0 : 1,
      });
      const { files } = DepositSchema.parse(JSON.parse((await callOn(school, "GET", "/deposit")).text));
      expect(files.length).toBe(SIZES.length);
      for (const file of files) {
        const seed = Number(/\d/.exec(file.fileName)?.[0]);
        expect(file.status).toBe("received");
        const stored = readFileSync(join(deployment.dataDirectory, "uploads", school.rne, file.id));
        expect(digest(stored), file.fileName).toBe(digest(bytesOf(seed, SIZES[seed] ?? 0)));
      }
    }
  } finally {
    await deployment.stop();
    site.close();
  }
});
