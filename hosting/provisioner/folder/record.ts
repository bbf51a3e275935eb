import { readFile } from "node:fs/promises";
import { z } from "zod";
import { writeDurably } from "./write-durably.ts";

/** What the folder adapter knows of an instance, in the instance's own folder. */
const RecordSchema = z.object({
  cycle: z.number().int(),
  port: z.number().int(),
  bases: z.array(z.object({ name: z.string(), role: z.enum(["main", "secondary"]) })),
});
export type InstanceRecord = z.infer<typeof RecordSchema>;

export async function findRecord(path: string): Promise<InstanceRecord | null> {
  try {
    return RecordSchema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch (failure) {
    if (failure instanceof Error && "code" in failure && failure.code === "ENOENT") return null;
    throw failure;
  }
}

export function writeRecord(path: string, record: InstanceRecord): Promise<void> {
  return writeDurably(path, Buffer.from(`${JSON.stringify(record, null, 2)}\n`));
}
