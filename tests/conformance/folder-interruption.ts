import { fork } from "node:child_process";
import { once } from "node:events";
import type { FolderOptions } from "#hosting/provisioner/folder/folder-provisioner.ts";
import { FolderReplySchema, type FolderRequest } from "./folder-request.ts";
import type { Call, Interruption } from "./harness.ts";

/** Kills an operation of the folder adapter before every single change that it makes to the disk. */
export function createFolderInterruption({ dataDirectory, ports }: FolderOptions): Interruption {
  const run = async (call: Call, killAtStep: number) => {
    const port = await ports.lease(call.target.rne);
    return runProcess({ call, dataDirectory, port, killAtStep });
  };
  return {
    listMoments: async (call) => {
      const steps = await run(call, 0);
      return Array.from({ length: steps ?? 0 }, (_, index) => index + 1);
    },
    killAt: async (step, call) => (await run(call, step)) === null,
  };
}

/** How many steps the operation took; null when it was killed. */
async function runProcess(request: FolderRequest): Promise<number | null> {
  const child = fork(new URL("./folder-process.ts", import.meta.url), [], { execArgv: [] });
  const replies: unknown[] = [];
  child.on("message", (message) => replies.push(message));
  const closed = once(child, "close");
  child.send({ ...request });
  const [, signal] = await closed;
  if (signal === "SIGKILL") return null;
  const { steps, failure } = FolderReplySchema.parse(replies[0]);
  if (failure) throw new Error(failure);
  return steps;
}
