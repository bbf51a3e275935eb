import { expect, test } from "vitest";
import { useCyber, ZOLA } from "#tests/cyber/use-cyber.ts";
import { createSubscription } from "./create-subscription.ts";
import { findSubscription } from "./find-subscription.ts";
import { synchronise } from "./synchronise.ts";

const { rne } = ZOLA;
const EXPIRES_AT = "2026-12-23T10:00:00.000Z";
const url = "http://host.test/x";

const base = (fileName: string, name: string | null, status: "mounted" | "rejected") => ({
  ...{ id: fileName, name, fileName, size: 1, received: 1, sha256: null, status, problem: null },
  role: "main" as const,
});

async function useSchool() {
  const { ctx, hosting } = await useCyber();
  await createSubscription(ctx, { actor: "staff@cyber.test", fields: ZOLA });
  const read = async () => {
    await synchronise(ctx, rne, "page");
    return findSubscription(ctx, rne);
  };
  return { hosting, read };
}

test("once the host has forgotten a hosting, the digests of what it gave back are still known", async () => {
  const { hosting, read } = await useSchool();
  const ended = hosting.reach(rne, "BCDIDELETED", {
    bases: [base("Base de Mme Dupont.zip", "data", "mounted"), base("notes.txt", null, "rejected")],
    downloads: [
      { fileName: "data.zip", size: 12, sha256: "d".repeat(64), url, expiresAt: EXPIRES_AT },
      { fileName: "notes.txt", size: 7, sha256: "0".repeat(64), url, expiresAt: EXPIRES_AT },
    ],
  });
  // Names of files may name people: only bases keep theirs.
  const givenBack = [
    { baseName: "data", sizeBytes: 12, sha256: "d".repeat(64) },
    { baseName: null, sizeBytes: 7, sha256: "0".repeat(64) },
  ];
  expect((await read())?.givenBack).toEqual(givenBack);
  hosting.views.set(rne, { ...ended, griffe: "", code: "", bases: [], downloads: [] });
  expect(await read()).toMatchObject({ griffe: "", view: { downloads: [] }, givenBack });
});

test("what one hosting gave back is never said of the next one", async () => {
  const { hosting, read } = await useSchool();
  const downloads = [{ fileName: "data.zip", size: 12, sha256: "d".repeat(64), url, expiresAt: EXPIRES_AT }];
  hosting.reach(rne, "BCDIDELETED", { downloads });
  expect((await read())?.givenBack).toHaveLength(1);
  hosting.reach(rne, "START", { downloads: [] });
  hosting.reach(rne, "BCDIDELETED");
  expect((await read())?.givenBack).toEqual([]);
  hosting.reach(rne, "START");
  expect((await read())?.givenBack).toEqual([]);
});
