import { createServer } from "node:net";
import { failureCode } from "#platform/failure.ts";

/** Null when the address can be listened on; otherwise the system's word for why not (EADDRINUSE, EACCES…). */
export function findPortProblem(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", (failure) => resolve(failureCode(failure) ?? failure.message));
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(null)));
  });
}
