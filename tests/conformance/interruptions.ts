import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import type { Operation } from "#hosting/provisioner/port.ts";
import { choose } from "#tests/deep/depth.ts";
import { extractBases, mountBases, OTHER_BASES, readArchives, readBases, THREE_BASES } from "./bases.ts";
import { type Call, createTarget, type ProvisionerHarness, perform } from "./harness.ts";

/** In `npm test`; a deep run tries them all. */
const MOST_MOMENTS = 4;

/** Kills an operation at every moment that the harness knows, each time on a server of its own, and does it again. */
export async function expectGoesOnAfterKill(
  harness: ProvisionerHarness,
  operation: Operation,
): Promise<void> {
  const { listMoments, killAt } = harness.interruption;
  let kills = 0;
  for (const moment of choose(await listMoments(await prepare(harness, operation)), MOST_MOMENTS)) {
    const call = await prepare(harness, operation);
    if (await killAt(moment, call)) kills += 1;
    await perform(harness.provisioner, call);
    await expectDone(harness, call);
  }
  expect(kills).toBeGreaterThan(0);
}

const LICENCE = { griffe: "COLLEGE JEAN MOULIN", code: "ZZZZZZZZ", version: "SP" };

/** A server as the operation finds it, with other bases than the operation is to mount. */
async function prepare(harness: ProvisionerHarness, operation: Operation): Promise<Call> {
  const target = createTarget();
  if (operation === "install") return { operation, target };
  await mountBases(harness, target, OTHER_BASES);
  if (operation === "mount") return { operation, target, bases: await extractBases(harness, THREE_BASES) };
  if (operation === "alter") return { operation, target: { ...target, ...LICENCE } };
  if (operation === "archive")
    return { operation, target, directory: await mkdtemp(join(harness.directory, "archives-")) };
  return { operation, target };
}

async function expectDone(
  harness: ProvisionerHarness,
  { operation, target, directory }: Call,
): Promise<void> {
  const { provisioner } = harness;
  if (operation === "install" || operation === "remove") {
    expect(await readBases(harness, target)).toEqual({});
    // What the killed run left is in nobody's way.
    await mountBases(harness, target, THREE_BASES);
  }
  if (operation === "archive" && directory)
    expect(await readArchives(harness, target, directory)).toEqual(OTHER_BASES);
  if (operation === "alter")
    expect((await harness.readLicence?.(target.rne)) ?? LICENCE.griffe).toContain(LICENCE.griffe);
  const expected = ["install", "remove", "mount"].includes(operation) ? THREE_BASES : OTHER_BASES;
  const { bases } = await provisioner.open(target);
  expect(bases.map(({ name }) => name)).toEqual(Object.keys(expected));
  expect(await readBases(harness, target)).toEqual(expected);
}
