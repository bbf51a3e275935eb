import type { CyberContext } from "#cyber/context.ts";
import { synchronise } from "#cyber/establishment/synchronise.ts";

/** See the job's definition. Each planned read has its own job, so one that was moved is left to its successor. */
export async function readEstablishment(
  ctx: CyberContext,
  { rne, dueAt }: { rne: string; dueAt?: string | undefined },
): Promise<void> {
  const row = await ctx.db.subscription.findUnique({ where: { rne }, select: { nextReadAt: true } });
  if (!row) return;
  if (dueAt !== undefined && row.nextReadAt?.getTime() !== Date.parse(dueAt)) return;
  await synchronise(ctx, rne, dueAt === undefined ? "sweep" : "planned");
}
