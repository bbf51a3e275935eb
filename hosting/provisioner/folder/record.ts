import { z } from "zod";
import { encodeJson, findJson } from "./json-file.ts";
import { writeDurably } from "./write-durably.ts";

const RecordSchema = z.object({
  cycle: z.number().int(),
  port: z.number().int(),
  /** Whether it was opened, and is to be opened again when it was closed for a change. */
  isOpened: z.boolean().default(false),
});

/** What the folder adapter knows of an instance, in the instance's own folder. */
export type InstanceRecord = z.infer<typeof RecordSchema>;

export function findRecord(path: string): Promise<InstanceRecord | null> {
  return findJson(path, RecordSchema);
}

export function writeRecord(path: string, record: InstanceRecord): Promise<void> {
  return writeDurably(path, encodeJson(record));
}
