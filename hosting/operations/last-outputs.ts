import type { HostingContext } from "#hosting/context.ts";

export interface LastOutput {
  readonly operation: string;
  readonly output: string;
  readonly at: Date;
}

/** What the provisioner said last when it failed, per establishment, after an instant. */
export async function findLastOutputs(
  context: HostingContext,
  rnes: readonly string[],
): Promise<(rne: string, after: Date) => LastOutput | null> {
  if (rnes.length === 0) return () => null;
  const rows = await context.db.$queryRaw<(LastOutput & { rne: string })[]>`
    SELECT DISTINCT ON (rne) rne, operation, output, at FROM hosting."ProvisioningEntry"
    WHERE rne = ANY(${[...rnes]}) AND outcome <> 'done' ORDER BY rne, at DESC, id DESC`;
  const byRne = new Map(rows.map((row) => [row.rne, row]));
  return (rne, after) => {
    const last = byRne.get(rne);
    return last && last.at >= after ? last : null;
  };
}
