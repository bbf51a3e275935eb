import fs from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { createFolderProvisioner } from "#hosting/provisioner/folder/folder-provisioner.ts";
import type { FolderReply, FolderRequest } from "./folder-request.ts";
import { perform } from "./harness.ts";

const STEPS = ["open", "mkdir", "rename", "rm", "cp"] as const;

let steps = 0;

/** Everything that changes the disk goes through these functions. */
function countSteps(killAtStep: number): void {
  for (const name of STEPS) {
    const original = fs[name];
    const counted = (...parameters: unknown[]) => {
      steps += 1;
      if (steps === killAtStep) process.kill(process.pid, "SIGKILL");
      return Reflect.apply(original, fs, parameters);
    };
    Object.assign(fs, { [name]: counted });
  }
  syncBuiltinESMExports();
}

process.once("message", async ({ call, dataDirectory, port, killAtStep }: FolderRequest) => {
  const provisioner = createFolderProvisioner({
    ...{ dataDirectory, templateDirectory: undefined, publicHost: "bcdi.example", serverVersion: "BCDI" },
    ports: { lease: async () => port, release: async () => {} },
  });
  countSteps(killAtStep);
  const failure = await perform(provisioner, call).then(() => null, String);
  process.send?.({ steps, failure } satisfies FolderReply, () => process.exit(0));
});
