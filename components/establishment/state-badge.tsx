import { Badge } from "#components/ui/badge.tsx";
import type { State } from "#contract/states.ts";
import { STATE_LOOKS } from "./state-looks.ts";

export function StateBadge({ state }: { state: State | null }) {
  if (state === null) return <Badge>Pas encore lu</Badge>;
  const { label, tone } = STATE_LOOKS[state];
  return <Badge tone={tone}>{label}</Badge>;
}
