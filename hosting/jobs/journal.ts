import { type Operation, ProvisionerFailure, type Target } from "#hosting/provisioner/port.ts";
import type { Establishment } from "#prisma/generated/client.ts";
import type { StepContext } from "./step-context.ts";

export function targetOf({ rne, cycle, griffe, code, version }: Establishment): Target {
  return { rne, cycle, griffe, code, version };
}

/** Runs one operation of the provisioner and writes in the operator's journal how it went. */
export async function operate<Result>(
  context: StepContext,
  target: Target,
  operation: Operation,
  run: () => Promise<Result>,
): Promise<Result> {
  const { rne, cycle } = target;
  const note = (outcome: string, output: string) =>
    context.db.provisioningEntry.create({
      data: { rne, cycle, operation, outcome, output, at: context.clock.now() },
    });
  try {
    const result = await run();
    await note("done", "");
    return result;
  } catch (failure) {
    const isTransient = failure instanceof ProvisionerFailure && failure.isTransient;
    const output = failure instanceof ProvisionerFailure ? failure.output : String(failure);
    await note(isTransient ? "try again" : "failed", output.slice(-20_000));
    throw failure;
  }
}
