const { DEEP_SEED, CONFORMANCE_COMMAND } = process.env;

/** Whether there is time to try all that could be tried: a deep run, or somebody's own provisioner that is looked at. */
export const isDeep = DEEP_SEED !== undefined || CONFORMANCE_COMMAND !== undefined;

/** The seed of what is chosen at random: always the same in `npm test`. */
export const seed = Number(DEEP_SEED ?? 1);

/** So many of them in `npm test`, spread evenly from the first to the last; all of them in a deep run. */
export function choose<Item>(all: readonly Item[], most: number): readonly Item[] {
  if (isDeep || all.length <= most) return all;
  const step = (all.length - 1) / Math.max(1, most - 1);
  return Array.from({ length: most }, (_, index) => all[Math.round(index * step)]).filter(
    (item) => item !== undefined,
  );
}

/** How many random cases: so many in `npm test`, more in a deep run. */
export function runsOf(usual: number, deep = usual * 20): number {
  return isDeep ? deep : usual;
}
