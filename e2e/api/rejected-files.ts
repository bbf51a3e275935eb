import type { BaseProblemCode } from "#contract/problem.ts";
import { markEncrypted, zipOf, zipOfBase } from "#tests/archives/zips.ts";
import { callOn, createWaitingSchool, type School, type Server, waitForState } from "#tests/client/school.ts";
import { createUpload, upload } from "#tests/client/tus.ts";

/** A file that its checks reject, and as what. */
export interface Rejected {
  readonly code: BaseProblemCode;
  readonly what: string;
  readonly make: () => Promise<Buffer>;
  readonly metadata?: Record<string, string>;
}

export const TRUNCATED: Rejected = {
  ...{ code: "truncated", what: "half an archive" },
  make: async () => (await zipOfBase("manuels")).subarray(0, 1500),
};
/** Beside a good base called `data`. */
export const REJECTED: readonly Rejected[] = [
  TRUNCATED,
  {
    ...{ code: "not_an_archive", what: "a text" },
    make: async () => Buffer.from("Ceci n’est pas une archive.".repeat(100)),
  },
  { code: "not_an_archive", what: "an empty file", make: async () => Buffer.alloc(0) },
  {
    ...{ code: "not_a_bcdi_base", what: "no NOTICES.DAT" },
    make: () => zipOf({ "manuels/LISEZMOI.TXT": "rien" }),
  },
  { code: "encrypted", what: "a password", make: async () => markEncrypted(await zipOfBase("manuels")) },
  { code: "duplicate_base", what: "the name of another base", make: () => zipOfBase("data") },
  {
    ...{ code: "sha256_mismatch", what: "another digest than announced" },
    ...{ make: () => zipOfBase("manuels"), metadata: { sha256: "0".repeat(64) } },
  },
];

/** A deposit of one good base and one that is rejected. */
export async function depositRejected(
  server: Server,
  { make, metadata }: Rejected,
): Promise<{ school: School; bad: string }> {
  const school = await createWaitingSchool(server);
  await upload(school, await zipOfBase("data"));
  const content = await make();
  const named = { filename: "manuels.zip", ...metadata };
  const bad =
    content.length > 0 ? await upload(school, content, named) : await createUpload(school, 0, named);
  await callOn(school, "POST", "/deposit/complete");
  await waitForState(school, "BCDIUPLOADEDERROR");
  return { school, bad };
}
