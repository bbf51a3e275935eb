import { type Operation, ProvisionerFailure, type Report, type Target } from "#hosting/provisioner/port.ts";
import type { Establishment } from "#prisma/generated/client.ts";
import type { StepContext } from "./step-context.ts";

const MAX_OUTPUT_CHARACTERS = 20_000;

export function targetOf({ rne, cycle, griffe, code, version }: Establishment): Target {
  return { rne, cycle, griffe, code, version };
}

/** Runs one operation of the provisioner and writes in the operator's journal how it went, and what it said. */
export async function operate<Result>(
  context: StepContext,
  target: Target,
  operation: Operation,
  run: (report: Report) => Promise<Result>,
): Promise<Result> {
  const { rne, cycle } = target;
  const note = (outcome: string, output: string) =>
    context.db.provisioningEntry.create({
      data: {
        ...{ rne, cycle, operation, outcome, at: context.clock.now() },
        // PostgreSQL's texts hold everything but NUL.
        output: output.replaceAll("\0", "\ufffd").slice(-MAX_OUTPUT_CHARACTERS),
      },
    });
  const said: string[] = [];
  try {
    const result = await run((output) => said.push(output));
    await note("done", said.join("\n"));
    return result;
  } catch (failure) {
    const isTransient = failure instanceof ProvisionerFailure && failure.isTransient;
    const output = failure instanceof ProvisionerFailure ? failure.output : String(failure);
    await note(isTransient ? "try again" : "failed", output);
    throw failure;
  }
}
