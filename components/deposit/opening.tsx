import { LoaderCircle } from "lucide-react";
import { Alert } from "#components/ui/alert.tsx";
import type { Wait } from "./engine/state.ts";
import { formatCountdown } from "./format.ts";
import { useNowMs } from "./use-deposit.ts";
import { sayWait } from "./wording.ts";

/** Before the list: the access is being checked. Without JavaScript, says why nothing comes. */
export function Opening({ wait }: { wait: Wait | null }) {
  const nowMs = useNowMs(wait !== null);
  return (
    <div className="flex flex-col gap-4 py-6">
      <h1 className="sr-only">Dépôt des bases BCDI</h1>
      <p className="flex items-center justify-center gap-3 text-muted-foreground">
        <LoaderCircle aria-hidden="true" className="size-5 animate-spin" />
        Ouverture de votre dépôt…
      </p>
      {wait ? (
        <Alert tone="warning" role="status">
          {sayWait(wait, null)} Nouvel essai dans{" "}
          <span className="tabular-nums">{formatCountdown((wait.resumeAtMs - nowMs) / 1000)}</span>.
        </Alert>
      ) : null}
      <noscript>
        <p className="text-center">
          Le dépôt de fichiers a besoin de JavaScript. Activez-le dans votre navigateur, puis rechargez la
          page.
        </p>
      </noscript>
    </div>
  );
}
