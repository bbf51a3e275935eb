// Restated from contract/deposit.ts, whose schemas would bring zod's weight into the page; a test holds them equal.

/** How many bytes at each end of a file its `identity` covers. */
export const IDENTITY_SAMPLE_BYTES = 1024 * 1024;

/** Most files in one deposit. */
export const DEPOSIT_MAX_FILES = 16;

/** How many files are sent at the same time. */
export const PARALLEL_TRANSFERS = 2;
