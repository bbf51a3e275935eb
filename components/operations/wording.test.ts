import { expect, test } from "vitest";
import { moreLabel } from "./wording.ts";

test("what is not shown agrees with its number", () => {
  expect(moreLabel(1)).toBe("Et un autre, affiché dès que l’un de ceux-ci est traité.");
  expect(moreLabel(12)).toBe("Et 12 autres, affichés à mesure que ceux-ci sont traités.");
});
