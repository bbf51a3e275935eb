import type { Explored } from "./explore.ts";

/** What makes every call possible within seconds, but for those below. */
export const ENVIRONMENT = { DELETION_GRACE_MINUTES: "0", UPLOAD_MAX_BYTES: "1000000" };

// A failed step seldom waits to be retried; with no grace period, a deletion cannot be taken back.
const RARELY_DONE = ["retryStep", "cancelDeletion"];

/** What takes an establishment that the worker has led far enough: some of them come only in thousands of requests. */
export const NEEDS_THE_WORKER = [
  "completeDeposit",
  "downloadArchive",
  "describeArchive",
  "changeEstablishment",
];

/** What requests of a moment cannot bring about, and who does. */
const SEEN_ELSEWHERE: Readonly<Record<string, string>> = {
  408: "a sender that falls silent: the deposit's own tests",
  410: "an archive past its date: the download's own tests",
  429: "somebody who guesses: the addresses' tests",
  500: "a disk that fails: the deposit's own tests",
  503: "a database that is away, a process that leaves: the crash run",
  507: "a full disk: the deposit's own tests",
};

/** The operations that no request has succeeded in. */
export function listNeverDone({ document, statuses }: Pick<Explored, "document" | "statuses">): string[] {
  return document.operations
    .map((operation) => operation.operationId)
    .filter((id) => !RARELY_DONE.includes(id))
    .filter((id) => !Object.keys(statuses.get(id) ?? {}).some((status) => Number(status) < 300));
}

/** The statuses that are documented and that no request was answered with. */
export function listUnseen({ document, statuses }: Pick<Explored, "document" | "statuses">): string[] {
  const documented = new Set(document.operations.flatMap(({ responses }) => Object.keys(responses)));
  const seen = new Set([...statuses.values()].flatMap((byStatus) => Object.keys(byStatus)));
  return [...documented].filter((status) => !seen.has(status) && !(status in SEEN_ELSEWHERE));
}
