import { expect, test } from "vitest";
import * as contract from "#contract/deposit.ts";
import { DEPOSIT_MAX_FILES, IDENTITY_SAMPLE_BYTES } from "./limits.ts";

test("the page's limits are those of the contract", () => {
  expect(DEPOSIT_MAX_FILES).toBe(contract.DEPOSIT_MAX_FILES);
  expect(IDENTITY_SAMPLE_BYTES).toBe(contract.IDENTITY_SAMPLE_BYTES);
});
