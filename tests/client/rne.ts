const CHECK_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ";
const SCHOOLS_PER_FILE = 5_000;

/** The RNE of these seven digits, with the letter that checks them. */
export function rneOf(number: number): string {
  return `${String(number).padStart(7, "0")}${CHECK_LETTERS[number % CHECK_LETTERS.length]}`;
}

// The runner numbers the test files of a run: those that share a deployment have different numbers.
const firstOfFile = Number(process.env.VITEST_WORKER_ID ?? 1) * SCHOOLS_PER_FILE;
let minted = 0;

/** A valid RNE that no other test of the run has. */
export function mintRne(): string {
  minted += 1;
  if (minted >= SCHOOLS_PER_FILE) throw new Error("a test file has no RNE left");
  return rneOf(firstOfFile + minted);
}
