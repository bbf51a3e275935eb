import { expect, test } from "vitest";
import { estimateNextStep } from "#hosting/estimate/next-step.ts";
import { formatLocalInstant } from "#platform/french/parse-local-instant.ts";
import { OPERATOR, useOperations } from "#tests/hosting/use-operations.ts";
import { overrideEstimate, removeEstimateOverride } from "./override-estimate.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

test("the school is promised the operator's time, of Paris, without any change of state", async () => {
  const { context, db, place } = await useOperations();
  const { rne, revision } = await place("START");
  const localTime = formatLocalInstant(new Date(Date.now() + 2 * DAY_MS));
  expect(await overrideEstimate(context, { rne, localTime, operator: OPERATOR })).toMatchObject({ ok: true });
  const establishment = await db.establishment.findUniqueOrThrow({ where: { rne } });
  expect(establishment).toMatchObject({ state: "START", revision });
  const promised = await estimateNextStep(context, establishment);
  expect(formatLocalInstant(new Date(promised?.estimatedAt ?? 0))).toBe(localTime);
  expect(await db.provisioningEntry.count({ where: { rne, operation: "operator" } })).toBe(1);

  // The same again changes and notes nothing; taken away, the estimate is the machine's own again.
  await overrideEstimate(context, { rne, localTime, operator: OPERATOR });
  expect(await db.provisioningEntry.count({ where: { rne, operation: "operator" } })).toBe(1);
  expect(await removeEstimateOverride(context, { rne, operator: OPERATOR })).toMatchObject({ ok: true });
  expect((await db.establishment.findUniqueOrThrow({ where: { rne } })).estimateOverrideAt).toBeNull();
});

test("nonsense, the past and slips are refused at their field, and nothing is written", async () => {
  const { context, db, place } = await useOperations();
  const { rne } = await place("START");
  const refused = [
    ...["", "demain vers 15 h", "2027-02-30T10:00"],
    // The hour that summer time skips, the past, and a slip of the year.
    "2027-03-28T02:30",
    formatLocalInstant(new Date(Date.now() - 60_000)),
    formatLocalInstant(new Date(Date.now() + 500 * DAY_MS)),
  ];
  for (const localTime of refused) {
    const answer = await overrideEstimate(context, { rne, localTime, operator: OPERATOR });
    expect(answer, localTime).toMatchObject({ ok: false, fieldErrors: [{ field: "localTime" }] });
  }
  expect((await db.establishment.findUniqueOrThrow({ where: { rne } })).estimateOverrideAt).toBeNull();
  expect(await db.provisioningEntry.count({ where: { rne } })).toBe(0);
});

test("where the host has nothing to do there is nothing to estimate", async () => {
  const { context, place } = await useOperations();
  const { rne } = await place("BCDIREADY");
  const localTime = formatLocalInstant(new Date(Date.now() + DAY_MS));
  const answer = await overrideEstimate(context, { rne, localTime, operator: OPERATOR });
  expect(answer).toMatchObject({ ok: false, message: expect.stringContaining("rien à estimer") });
});

test("until when a deletion can be cancelled is nobody's to change", async () => {
  const { context, db, place } = await useOperations();
  const removalDueAt = new Date(Date.now() + DAY_MS);
  const { rne } = await place("BCDIDELETE", { removalDueAt });
  const localTime = formatLocalInstant(new Date(Date.now() + 3 * DAY_MS));
  const answer = await overrideEstimate(context, { rne, localTime, operator: OPERATOR });
  expect(answer).toMatchObject({ ok: false, message: expect.stringContaining("annulée") });
  // One fixed before, by whatever way, is not shown either.
  const establishment = await db.establishment.update({
    where: { rne },
    data: { estimateOverrideAt: new Date(Date.now() + 3 * DAY_MS) },
  });
  expect((await estimateNextStep(context, establishment))?.estimatedAt).toBe(removalDueAt.toISOString());
});
