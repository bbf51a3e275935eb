import { z } from "zod";
import type { Call } from "./harness.ts";

/** One operation of the folder adapter, for a process that kills itself before the given step; never at 0. */
export interface FolderRequest {
  readonly call: Call;
  readonly dataDirectory: string;
  readonly port: number;
  readonly killAtStep: number;
}

/** What the process says when it lives to the end. */
export const FolderReplySchema = z.object({ steps: z.number(), failure: z.string().nullable() });
export type FolderReply = z.infer<typeof FolderReplySchema>;
