import type { CheckArchiveOptions } from "./check.ts";

/** What the parent asks of the child, once. */
export interface CheckRequest {
  options: CheckArchiveOptions;
  maxRssBytes: number;
}

/** Whether a message is a request. Checked by hand: loading zod takes longer than checking a small base. */
export function isCheckRequest(message: unknown): message is CheckRequest {
  if (!isRecord(message) || !isRecord(message.options)) return false;
  const { archivePath, fileName, limits, expectedSha256, extractTo } = message.options;
  return (
    typeof message.maxRssBytes === "number" &&
    typeof archivePath === "string" &&
    [fileName, expectedSha256, extractTo].every((text) => text === undefined || typeof text === "string") &&
    (limits === undefined || (isRecord(limits) && Object.values(limits).every(Number.isFinite)))
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
