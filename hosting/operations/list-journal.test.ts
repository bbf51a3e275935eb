import { expect, test } from "vitest";
import { useOperations } from "#tests/hosting/use-operations.ts";
import { listJournal } from "./list-journal.ts";

test("what a server said when it was installed is reached behind any number of later entries", async () => {
  const { context, db, place } = await useOperations();
  const { rne } = await place("BCDIREADY");
  const other = await place("BCDIREADY");
  const entry = { cycle: 1, outcome: "failed" };
  await db.provisioningEntry.create({
    data: { ...entry, rne, operation: "install", output: "installed on disk 2" },
  });
  await db.provisioningEntry.createMany({
    data: Array.from({ length: 110 }, (_, index) => ({
      ...entry,
      rne,
      operation: "open",
      output: String(index),
    })),
  });
  await db.provisioningEntry.create({
    data: { ...entry, rne: other.rne, operation: "open", output: "not ours" },
  });
  const outputs: string[] = [];
  let before: bigint | null = null;
  const sizes: number[] = [];
  do {
    const page = await listJournal(context, { rne, before });
    outputs.push(...page.entries.map(({ output }) => output));
    sizes.push(page.entries.length);
    before = page.olderBefore;
  } while (before !== null);
  expect(sizes).toEqual([50, 50, 11]);
  expect(outputs).toEqual([
    ...Array.from({ length: 110 }, (_, index) => String(109 - index)),
    "installed on disk 2",
  ]);
});

test.each([0n, 999_999_999_999_999_999n])(
  "before an entry that never was, %s, there is none",
  async (before) => {
    const { context, db, place } = await useOperations();
    const { rne } = await place("BCDIREADY");
    await db.provisioningEntry.create({
      data: { rne, cycle: 1, operation: "open", outcome: "done", output: "" },
    });
    expect(await listJournal(context, { rne, before })).toEqual({ entries: [], olderBefore: null });
  },
);
