import { LockKeyhole } from "lucide-react";
import { Card } from "#components/ui/card.tsx";
import type { Screen } from "./engine/state.ts";
import { sayRefusal } from "./wording.ts";

/** No form: what happened, and what to do. */
export function Refusal({ screen, rne }: { screen: Extract<Screen, { kind: "refused" }>; rne: string }) {
  const { title, text } = sayRefusal(screen.code);
  return (
    <Card className="flex flex-col items-center gap-3 px-4 py-10 text-center sm:px-10">
      <span className="grid size-12 place-items-center rounded-full bg-warning-soft text-warning">
        <LockKeyhole aria-hidden="true" className="size-6" />
      </span>
      <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
      {screen.detail ? <p className="max-w-prose font-medium">{screen.detail}</p> : null}
      <p className="max-w-prose text-muted-foreground">{text}</p>
      {rne ? <p className="text-sm text-muted-foreground">Établissement {rne}</p> : null}
    </Card>
  );
}
