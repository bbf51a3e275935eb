import { rmSync } from "node:fs";
import { checkArchive } from "./check.ts";
import type { CheckAnswer } from "./check-messages.ts";
import { type CheckRequest, isCheckRequest } from "./check-request.ts";
import { ArchiveRejected } from "./rejected.ts";

const MEMORY_CHECK_MS = 100;

process.once("message", (message: unknown) => {
  if (!isCheckRequest(message)) throw new Error("not a check request");
  const request = message;
  process.once("disconnect", () => {
    const { extractTo } = request.options;
    if (extractTo !== undefined) rmSync(extractTo, { recursive: true, force: true });
    process.exit(1);
  });
  watchMemory(request.maxRssBytes);
  void answerRequest(request).then(send);
});

async function answerRequest(request: CheckRequest): Promise<CheckAnswer> {
  try {
    return { outcome: "checked", archive: await checkArchive(request.options) };
  } catch (error) {
    if (error instanceof ArchiveRejected) {
      return { outcome: "rejected", code: error.code, detail: error.detail, logDetail: error.logDetail };
    }
    const code = error instanceof Error && "code" in error ? String(error.code) : null;
    return { outcome: "failed", message: error instanceof Error ? error.message : String(error), code };
  }
}

// V8's own limit does not see the buffers that live outside its heap.
function watchMemory(maxRssBytes: number): void {
  setInterval(() => {
    if (process.memoryUsage.rss() > maxRssBytes) send({ outcome: "memory_exceeded" });
  }, MEMORY_CHECK_MS).unref();
}

function send(answer: CheckAnswer): void {
  process.removeAllListeners("disconnect");
  process.send?.(answer, () => process.exit(0));
}
