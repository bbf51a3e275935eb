import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Operation, Provisioner, Target } from "#hosting/provisioner/port.ts";
import {
  type Bases,
  expectFailure,
  extractBases,
  mountBases,
  OTHER_BASES,
  readBases,
  THREE_BASES,
} from "./bases.ts";
import { type CreateHarness, createTarget, type ProvisionerHarness } from "./harness.ts";
import { expectGoesOnAfterKill } from "./interruptions.ts";

/** What every provisioner guarantees, whatever it does its work with. docs/provisioner.md says how to run it. */
export function describeProvisioner(
  name: string,
  createHarness: CreateHarness,
  /** False where the number of ports cannot be chosen. */
  { hasFewPorts = true } = {},
): void {
  describe(`${name} does as a provisioner must`, () => {
    let harness: ProvisionerHarness;
    let provisioner: Provisioner;
    beforeEach(async () => {
      harness = await createHarness();
      provisioner = harness.provisioner;
    });
    afterEach(() => harness.close());

    describe("what is mounted", () => {
      test("comes back byte for byte, main base first", async () => {
        const target = createTarget();
        await mountBases(harness, target, THREE_BASES);
        expect((await provisioner.open(target)).bases).toEqual(listed(THREE_BASES));
        expectBases(await readBases(harness, target), THREE_BASES);
      });

      test("takes the place of all that was mounted before, under the same name or another", async () => {
        const target = createTarget();
        await mountBases(harness, target, THREE_BASES);
        await provisioner.open(target);
        await provisioner.mount(target, await extractBases(harness, OTHER_BASES));
        expect((await provisioner.open(target)).bases).toEqual(listed(OTHER_BASES));
        expectBases(await readBases(harness, target), OTHER_BASES);
      });

      test("stays, when what should take its place is not there", async () => {
        const target = createTarget();
        await mountBases(harness, target, THREE_BASES);
        const [main] = await extractBases(harness, OTHER_BASES);
        const missing = {
          name: "perdue",
          role: "secondary",
          directory: `${harness.directory}/none`,
        } as const;
        const bases = main ? [main, missing] : [];
        await expectFailure(provisioner.mount(target, bases), { isTransient: false });
        expectBases(await readBases(harness, target), THREE_BASES);
      });

      test("is still there after its archives were written, and after the licence was altered", async () => {
        const target = createTarget();
        await mountBases(harness, target, THREE_BASES);
        await readBases(harness, target);
        await provisioner.alter({ ...target, griffe: "COLLEGE JEAN MOULIN" });
        expectBases(await readBases(harness, target), THREE_BASES);
      });
    });

    describe("an operation done twice", () => {
      test("ends in the same place", async () => {
        const target = createTarget();
        await provisioner.install(target);
        await provisioner.install(target);
        const bases = await extractBases(harness, THREE_BASES);
        await provisioner.mount(target, bases);
        // Their folders may have been moved away by then.
        await provisioner.mount(target, bases);
        const opened = await provisioner.open(target);
        expect(await provisioner.open(target)).toEqual(opened);
        const altered = { ...target, griffe: "COLLEGE JEAN MOULIN", version: "SP" };
        await provisioner.alter(altered);
        await provisioner.alter(altered);
        expect(await provisioner.open(altered)).toEqual(opened);
        expectBases(await readBases(harness, altered), THREE_BASES);
        expectBases(await readBases(harness, altered), THREE_BASES);
        await provisioner.remove(altered);
        await provisioner.remove(altered);
        expect(await readBases(harness, altered)).toEqual({});
      });

      test("does not undo a later one: install after mount keeps the bases and the address", async () => {
        const target = createTarget();
        await mountBases(harness, target, THREE_BASES);
        const opened = await provisioner.open(target);
        await provisioner.install(target);
        expect(await provisioner.open(target)).toEqual(opened);
        expectBases(await readBases(harness, target), THREE_BASES);
      });
    });

    describe("an operation out of order", () => {
      test.each<Operation>(["mount", "open", "alter"])(
        "%s fails for good before install",
        async (operation) => {
          const target = createTarget();
          await expectFailure(perform(operation, target), { isTransient: false });
          expect(await readBases(harness, target)).toEqual({});
        },
      );

      test("open fails for good before there is a base", async () => {
        const target = createTarget();
        await provisioner.install(target);
        await expectFailure(provisioner.open(target), { isTransient: false });
      });

      test("without a server there is nothing to archive, and nothing to remove", async () => {
        const target = createTarget();
        expect(await readBases(harness, target)).toEqual({});
        await provisioner.remove(target);
        await provisioner.install(target);
        expect(await readBases(harness, target)).toEqual({});
      });

      test("one of an earlier hosting touches nothing of the present one", async () => {
        const earlier = createTarget();
        const present = { ...earlier, cycle: 2, griffe: "NOUVEL HEBERGEMENT" };
        await mountBases(harness, earlier, OTHER_BASES);
        await provisioner.remove(earlier);
        await mountBases(harness, present, THREE_BASES);
        const opened = await provisioner.open(present);
        for (const operation of ["install", "mount", "open", "alter"] as const)
          await expectFailure(perform(operation, earlier), { isTransient: false });
        expect(await readBases(harness, earlier)).toEqual({});
        await provisioner.remove(earlier);
        expect(await provisioner.open(present)).toEqual(opened);
        expectBases(await readBases(harness, present), THREE_BASES);
      });

      test("a new hosting begins without the bases of the one before, removed or not", async () => {
        const earlier = createTarget();
        await mountBases(harness, earlier, THREE_BASES);
        await provisioner.install({ ...earlier, cycle: 2 });
        expect(await readBases(harness, { ...earlier, cycle: 2 })).toEqual({});
      });
    });

    test.each([
      ["accents", "COLLÈGE HÉLOÏSE D’ÇÀ ET LÀ – 2ᵉ site", /COLLÈGE HÉLOÏSE D'ÇÀ ET LÀ/],
      ["ligatures", "Chefs-d’œuvre & Œuvres", /Chefs-d'oeuvre & OEuvres/],
      ["quotes and shell characters", `L'"école" $(id) \`id\` \\n; %s`, /L'"école" \$\(id\) `id` \\n; %s/],
      ["100 characters", "É".repeat(100), /É{100}/],
    ])("a licence name of %s is kept", async (_what, griffe, expected) => {
      const target = createTarget({ griffe });
      await mountBases(harness, target, OTHER_BASES);
      const installed = await harness.readLicence?.(target.rne);
      await provisioner.alter({ ...target, griffe: "AUTRE", code: "ZZZZZZZZ", version: "SP" });
      const altered = await harness.readLicence?.(target.rne);
      await provisioner.alter(target);
      expect(await harness.readLicence?.(target.rne)).toBe(installed);
      // Where the licence cannot be looked at, it is enough that the operations end well.
      if (installed === undefined) return;
      expect(installed).toMatch(expected);
      expect(altered).toMatch(/AUTRE.*ZZZZZZZZ.*SP/s);
    });

    describe("servers", () => {
      test("installed at the same time have an address of their own, and keep it", async () => {
        const targets = Array.from({ length: 6 }, () => createTarget());
        await Promise.all(targets.map((target) => mountBases(harness, target, OTHER_BASES)));
        const open = () => Promise.all(targets.map((target) => provisioner.open(target)));
        const opened = await open();
        expect(new Set(opened.map(({ host, port }) => `${host}:${port}`)).size).toBe(targets.length);
        expect(await open()).toEqual(opened);
        for (const target of targets) expectBases(await readBases(harness, target), OTHER_BASES);
      });
    });

    test.each<Operation>(["install", "mount", "open", "alter", "archive", "remove"])(
      "%s, killed in the middle and done again, ends in the right place",
      (operation) => expectGoesOnAfterKill(harness, operation),
      240_000,
    );

    test("when one is cut, it goes on from whatever it left", async () => {
      for (const { operation, name: what, plant } of harness.leftovers ?? []) {
        const target = createTarget();
        await mountBases(harness, target, OTHER_BASES);
        const bases = await extractBases(harness, THREE_BASES);
        if (operation === "install" || operation === "remove") await provisioner.remove(target);
        await plant(target);
        if (operation === "remove") await provisioner.remove(target);
        if (operation === "install" || operation === "remove") await provisioner.install(target);
        if (operation === "archive") expectBases(await readBases(harness, target), OTHER_BASES, what);
        await provisioner.mount(target, bases);
        expect((await provisioner.open(target)).bases, what).toEqual(listed(THREE_BASES));
        expectBases(await readBases(harness, target), THREE_BASES, what);
      }
    });

    async function perform(operation: Operation, target: Target): Promise<unknown> {
      if (operation === "mount") return provisioner.mount(target, await extractBases(harness, OTHER_BASES));
      if (operation === "archive") return provisioner.archive(target, `${harness.directory}/archives`);
      return provisioner[operation](target);
    }
  });

  if (!hasFewPorts) return;
  describe(`${name} with as many servers as it has ports`, () => {
    test("asks to try again, in clear words, until one is removed", async () => {
      const harness = await createHarness({ portCount: 2 });
      try {
        const [first, second, third] = [createTarget(), createTarget(), createTarget()];
        await mountBases(harness, first, OTHER_BASES);
        await mountBases(harness, second, OTHER_BASES);
        const attempt = harness.provisioner.install(third);
        await expectFailure(attempt, { isTransient: true, says: /no free port/i });
        await harness.provisioner.remove(first);
        await mountBases(harness, third, THREE_BASES);
        expect((await harness.provisioner.open(third)).bases).toEqual(listed(THREE_BASES));
      } finally {
        await harness.close();
      }
    });
  });
}

function listed(bases: Bases) {
  return Object.keys(bases).map((name, index) => ({ name, role: index === 0 ? "main" : "secondary" }));
}

/** Order and bytes, both; the sentence names what was planted. */
function expectBases(found: Bases, expected: Bases, what = "the bases"): void {
  expect(Object.keys(found), what).toEqual(Object.keys(expected));
  expect(found, what).toEqual(expected);
}
