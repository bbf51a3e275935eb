import type { State } from "#contract/states.ts";
import type { HostingContext, HostingTransaction } from "#hosting/context.ts";
import { foresee } from "./forecast.ts";
import { getExperience } from "./past-steps.ts";

/** States whose work grows with the bases' size. */
const HANDLES_BASES: readonly State[] = ["BCDIDBUPLOADED", "BCDIDELETE"];

export interface Foreseen {
  readonly workBytes: bigint;
  readonly expectedMs: bigint;
  readonly isAlone: boolean;
}

/** How long hosting's step that begins now will take: its own work and the queue before it. */
export async function foreseeStep(
  context: HostingContext,
  transaction: HostingTransaction,
  step: { rne: string; cycle: number; state: State; workers: number },
): Promise<Foreseen> {
  const { rne, cycle, state, workers } = step;
  const handlesBases = HANDLES_BASES.includes(state);
  const own = handlesBases
    ? await transaction.baseFile.aggregate({ where: { rne, cycle }, _sum: { sizeBytes: true } })
    : null;
  const workBytes = own?._sum.sizeBytes ?? 0n;
  const now = context.clock.now();
  // A deletion in its grace period is not in anybody's way.
  const [queue] = await transaction.$queryRaw<{ steps: bigint; bytes: bigint }[]>`
    SELECT count(*) AS steps, COALESCE(sum(begun."workBytes"), 0)::bigint AS bytes
    FROM hosting."Establishment" AS other JOIN hosting."History" AS begun USING (revision)
    WHERE other.state = ${state} AND other.rne <> ${rne}
      AND (other."removalDueAt" IS NULL OR other."removalDueAt" <= ${now})`;
  const { model } = await getExperience(context, state, transaction);
  const steps = Number(queue?.steps ?? 0);
  const expectedMs = foresee(model, Number(workBytes), { steps, bytes: Number(queue?.bytes ?? 0), workers });
  return { workBytes, expectedMs: BigInt(Math.round(expectedMs)), isAlone: steps === 0 };
}
