import type { HostingContext } from "#hosting/context.ts";
import type { Incident } from "#prisma/generated/client.ts";

/** The operation that failed is written just before its incident. */
const BEFORE_MS = 60_000;

export interface LastOutput {
  readonly operation: string;
  readonly output: string;
  readonly at: Date;
}

type Asked = Pick<Incident, "rne" | "openedAt">;

/** What the provisioner said last when it failed, per establishment; null where the failure was not its own. */
export async function findLastOutputs(
  context: HostingContext,
  incidents: readonly Asked[],
): Promise<(asked: Asked) => LastOutput | null> {
  const rnes = [...new Set(incidents.map(({ rne }) => rne))];
  if (rnes.length === 0) return () => null;
  const rows = await context.db.$queryRaw<(LastOutput & { rne: string })[]>`
    SELECT DISTINCT ON (rne) rne, operation, output, at FROM hosting."ProvisioningEntry"
    WHERE rne = ANY(${rnes}) AND outcome <> 'done' ORDER BY rne, at DESC, id DESC`;
  const byRne = new Map(rows.map((row) => [row.rne, row]));
  return ({ rne, openedAt }) => {
    const last = byRne.get(rne);
    return last && last.at.getTime() > openedAt.getTime() - BEFORE_MS ? last : null;
  };
}
