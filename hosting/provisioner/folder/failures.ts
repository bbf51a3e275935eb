import { ProvisionerFailure } from "#hosting/provisioner/port.ts";
import { failureCode, failureText } from "#platform/failure.ts";

const PERMANENT_CODES = ["ENOENT", "EACCES", "EPERM", "EROFS", "ENOTDIR", "EISDIR", "ENAMETOOLONG"];

/** The disk's failures mostly pass (full, busy); those of rights and names do not by themselves. */
export async function asProvisionerFailure<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (failure) {
    if (failure instanceof ProvisionerFailure) throw failure;
    const isTransient = !PERMANENT_CODES.includes(failureCode(failure) ?? "");
    const message = failure instanceof Error ? failure.message : String(failure);
    throw new ProvisionerFailure(message, { isTransient, output: failureText(failure) });
  }
}
