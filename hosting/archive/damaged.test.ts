import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { buildZip, type FixtureEntry, NOTICES } from "#tests/archives/build-zip.ts";
import { choose, runsOf, seed } from "#tests/deep/depth.ts";
import { type Outcome, tryArchive } from "#tests/hosting/try-archive.ts";

const ENTRIES: FixtureEntry[] = [
  NOTICES,
  { name: Buffer.from("data/\x82l\x8ave.DAT", "latin1"), content: "stored as it is", method: 0 },
  { name: "data/Thésaurus.IDX", content: "\0\x01\x02".repeat(30), flags: 0x808, after: Buffer.alloc(16) },
  { name: "data/IMAGES/" },
];
const ARCHIVES = [buildZip(ENTRIES), buildZip(ENTRIES, { isZip64: true, comment: Buffer.from("BCDI") })];

// In `npm test`; a deep run tries every byte.
const MOST_CUTS = 120;
const MOST_CHANGES = 600;

describe("a damaged archive is never taken for another base", () => {
  let whole: Outcome;
  beforeAll(async () => {
    whole = await tryArchive(ARCHIVES[0] ?? Buffer.alloc(0));
    expect(whole.code).toBe("accepted");
  });

  test("cut at any byte, it is refused as truncated and leaves nothing", async () => {
    for (const archive of ARCHIVES) {
      for (const length of choose([...archive.keys()].slice(1), MOST_CUTS)) {
        const outcome = await tryArchive(archive.subarray(0, length));
        expect({ length, code: outcome.code, left: outcome.left }).toEqual({
          length,
          code: "truncated",
          left: [],
        });
      }
    }
  });

  test("with any byte changed, it is refused, or gives the very same base", async () => {
    const all = ARCHIVES.flatMap((archive) =>
      Array.from(archive.keys()).flatMap((offset) => [
        { archive, offset, mask: 0xff },
        { archive, offset, mask: 1 << (offset % 8) },
      ]),
    );
    const changes = [...choose(all, MOST_CHANGES)];
    while (changes.length > 0) {
      await Promise.all(
        changes.splice(0, 16).map(async ({ archive, offset, mask }) => {
          const changed = Buffer.from(archive);
          changed.writeUInt8((archive[offset] ?? 0) ^ mask, offset);
          expectSameOrRefused(await tryArchive(changed), { offset, mask });
        }),
      );
    }
  });

  test("with any piece removed, doubled or replaced, it is refused, or gives the very same base", async () => {
    const edit = fc.record({
      archive: fc.constantFrom(...ARCHIVES),
      from: fc.nat(900),
      length: fc.nat(60),
      inserted: fc.uint8Array({ maxLength: 60 }),
    });
    await fc.assert(
      fc.asyncProperty(edit, async ({ archive, from, length, inserted }) => {
        const bytes = Buffer.concat([archive.subarray(0, from), inserted, archive.subarray(from + length)]);
        expectSameOrRefused(await tryArchive(bytes), { from, length });
      }),
      { numRuns: runsOf(100), seed },
    );
  });

  function expectSameOrRefused(outcome: Outcome, where: object): void {
    const { code, extracted, left } = outcome;
    if (code === "accepted")
      expect({ ...where, extracted }).toEqual({ ...where, extracted: whole.extracted });
    else expect({ ...where, left }).toEqual({ ...where, left: [] });
  }
});
