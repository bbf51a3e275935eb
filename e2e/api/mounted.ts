import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { expect } from "vitest";
import { callOn, type School, waitForState } from "#tests/client/school.ts";

export const sha256 = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

/** What was sent is what was received: its SHA-256 in the view, once the server has read the only file. */
export async function handOverAndExpect(school: School, content: Buffer): Promise<void> {
  expect((await callOn(school, "POST", "/deposit/complete")).status).toBe(200);
  const ready = await waitForState(school, "BCDIREADY");
  expect(ready.bases).toMatchObject([{ sha256: sha256(content), size: content.length, status: "mounted" }]);
}

/** The files below a folder, by their path with slashes. */
export async function readFolder(folder: string): Promise<Map<string, Buffer>> {
  const listed = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = listed.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(paths.map(async (path) => [relative(folder, path), await readFile(path)] as const)),
  );
}
