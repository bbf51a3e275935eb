import { expect, test } from "vitest";
import { deriveEstablishmentKey } from "#hosting/access/keys.ts";
import { useOperations } from "#tests/hosting/use-operations.ts";
import { rotateKey } from "./rotate-key.ts";

test("a key that is replaced is noted in the journal, which never holds the key", async () => {
  const { context, db, place } = await useOperations();
  const establishment = await place("BCDIREADY");
  const { rne, cycle } = establishment;
  const { key } = await rotateKey(context, establishment);
  expect(key).not.toBe(deriveEstablishmentKey(context.settings.SECRET_KEY, establishment));
  const entries = await db.provisioningEntry.findMany({ where: { rne } });
  expect(entries).toMatchObject([{ cycle, operation: "operator", outcome: "done" }]);
  expect(entries[0]?.output).toMatch(/^CYBER.*clé.*version 2/);
  expect(entries[0]?.output).not.toContain(key);
});

test("a key that cannot be noted is not replaced", async () => {
  const { context, db, place } = await useOperations();
  const establishment = await place("BCDIREADY");
  await db.$executeRaw`ALTER TABLE hosting."ProvisioningEntry" ADD CHECK (operation <> 'operator')`;
  await expect(rotateKey(context, establishment)).rejects.toThrow();
  const { rne, keyVersion } = establishment;
  expect(await db.establishment.findUniqueOrThrow({ where: { rne } })).toMatchObject({ keyVersion });
});
