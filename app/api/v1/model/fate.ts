/**
 * How an operation of the provisioner ends. Torn: it is done, but its answer is lost. The three deaths are a worker
 * killed before it, in the middle of it, or after it but before anyone knew.
 */
export const FATES = [
  "done",
  "passing failure",
  "lasting failure",
  "torn",
  "killed before",
  "killed midway",
  "killed after",
] as const;
export type Fate = (typeof FATES)[number];
