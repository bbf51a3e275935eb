import { Alert, type AlertTone } from "#components/ui/alert.tsx";
import type { IncidentProblem } from "#contract/problem.ts";

/** An incident in plain words, with the reference to give when writing about it. */
export function ProblemNote({ problem, tone = "danger" }: { problem: IncidentProblem; tone?: AlertTone }) {
  return (
    <Alert tone={tone} title={problem.title}>
      <p>{problem.detail}</p>
      {problem.reference ? (
        <p className="text-muted-foreground">
          Référence{"\u202f"}: <span className="font-mono text-foreground">{problem.reference}</span>
        </p>
      ) : null}
    </Alert>
  );
}
