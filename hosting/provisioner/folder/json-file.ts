import { readFile } from "node:fs/promises";
import type { z } from "zod";
import { ProvisionerFailure } from "#hosting/provisioner/port.ts";
import { failureCode } from "#platform/failure.ts";

/** Reads a file of ours; null where there is none. One that cannot be understood is for a person to look at. */
export async function findJson<Content>(path: string, schema: z.ZodType<Content>): Promise<Content | null> {
  try {
    return schema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch (failure) {
    const code = failureCode(failure);
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    if (code) throw failure;
    throw new ProvisionerFailure(`${path} cannot be understood: ${String(failure)}`, { isTransient: false });
  }
}

export function encodeJson(content: object): Buffer {
  return Buffer.from(`${JSON.stringify(content, null, 2)}\n`);
}
