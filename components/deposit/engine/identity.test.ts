import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { computeIdentity, hasFileChanged } from "./identity.ts";

const MIB = 1024 * 1024;

test.each([0, 1, MIB - 1, MIB, MIB + 1, 3 * MIB + 7])(
  "the identity of %i bytes is SHA-256 of (size as decimal ‖ first MiB ‖ last MiB)",
  async (sizeBytes) => {
    const bytes = Buffer.alloc(sizeBytes, "abcdefghijk");
    const expected = createHash("sha256")
      .update(String(sizeBytes))
      .update(bytes.subarray(0, MIB))
      .update(bytes.subarray(Math.max(0, sizeBytes - MIB)))
      .digest("hex");
    expect(await computeIdentity(new Blob([bytes]))).toBe(expected);
  },
);

test("a file that reads differently from its identity has changed", async () => {
  const file = new File(["avant"], "data.zip");
  const identity = await computeIdentity(file);
  expect(await hasFileChanged(file, identity, 0)).toBe(false);
  expect(await hasFileChanged(new File(["après"], "data.zip"), identity, 0)).toBe(true);
});
