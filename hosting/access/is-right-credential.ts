import type { HostingContext } from "#hosting/context.ts";
import { Refusal } from "#hosting/refusal.ts";
import { authenticate, isPlatformKey } from "./authenticate.ts";

/** Whether a request presents a credential that opens something at its address, whatever it goes on to ask. */
export async function isRightCredential(
  context: HostingContext,
  request: { rne: string; authorization: string | null },
): Promise<boolean> {
  if (isPlatformKey(context, request.authorization)) return true;
  try {
    await authenticate(context, request, ["establishment", "upload"]);
    return true;
  } catch (failure) {
    if (failure instanceof Refusal) return false;
    throw failure;
  }
}
