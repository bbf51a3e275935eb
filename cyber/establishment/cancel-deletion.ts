import type { CyberContext } from "#cyber/context.ts";
import { actOnEstablishment } from "./act-on-establishment.ts";
import type { VerbResult } from "./verb-result.ts";

export function cancelDeletion(
  ctx: CyberContext,
  { rne, actor }: { rne: string; actor: string },
): Promise<VerbResult> {
  return actOnEstablishment(ctx, {
    ...{ rne, actor, action: "cancel-deletion" },
    send: (keyed) => ctx.hosting.cancelDeletion(keyed),
    isDone: (view) => view.state !== "BCDIDELETE" && view.state !== "BCDIDELETED",
  });
}
