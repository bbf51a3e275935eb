import type { CyberContext } from "#cyber/context.ts";
import { actOnEstablishment } from "./act-on-establishment.ts";
import type { VerbResult } from "./verb-result.ts";

export function retryStep(
  ctx: CyberContext,
  { rne, actor }: { rne: string; actor: string },
): Promise<VerbResult> {
  return actOnEstablishment(ctx, {
    ...{ rne, actor, action: "retry" },
    send: (keyed) => ctx.hosting.retry(keyed),
    isDone: (view) => view.state !== "STARTERROR" && view.state !== "BCDIUPLOADEDERROR",
  });
}
