import { expect, test } from "vitest";
import { UploadMetadataSchema } from "./deposit.ts";

const accepts = (filename: string) => UploadMetadataSchema.safeParse({ filename }).success;

test.each([".", "..", " .. ", "", " ", "a/b.zip", "a\\b.zip", "a\u0000.zip", "a\n.zip", "a".repeat(256)])(
  "%j is no file name",
  (filename) => {
    expect(accepts(filename)).toBe(false);
  },
);

test.each(["...", ".zip", "..zip", "été 2026 (sauvegarde).zip", "a".repeat(255), "é".repeat(255)])(
  "%j is a file name",
  (filename) => {
    expect(accepts(filename)).toBe(true);
  },
);
