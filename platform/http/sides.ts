import type { Side } from "#platform/environment/environment.ts";

/** Addresses that belong to one side; the others (sign-in, the page's own files) are everybody's. */
const SIDE_OF_PREFIX: readonly (readonly [string, Side])[] = [
  ["/api/v1", "hosting"],
  ["/embed", "hosting"],
  ["/hebergeur", "hosting"],
  ["/api/cyber", "cyber"],
  ["/etablissements", "cyber"],
];

/** False for an address of a side that this deployment does not serve. */
export function isServed(path: string, sides: readonly Side[]): boolean {
  const owner = SIDE_OF_PREFIX.find(
    ([prefix]) => path === prefix || path.startsWith(`${prefix}/`) || path === `${prefix}.js`,
  );
  return owner === undefined || sides.includes(owner[1]);
}
