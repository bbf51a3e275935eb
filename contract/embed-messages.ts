import { z } from "zod";

const envelope = { source: z.literal("bcdi-deposit"), version: z.literal(1) };
const bytes = z.number().int().nonnegative();

/** What the embedded deposit page posts to its parent, to that parent's origin only. Sizes in bytes. */
export const EmbedMessageSchema = z.discriminatedUnion("type", [
  z.object({ ...envelope, type: z.literal("ready"), rne: z.string() }),
  z.object({ ...envelope, type: z.literal("height"), heightPx: z.number().int().positive() }),
  z.object({ ...envelope, type: z.literal("busy"), busy: z.boolean() }),
  z.object({ ...envelope, type: z.literal("progress"), received: bytes, size: bytes }),
  z.object({ ...envelope, type: z.literal("error"), code: z.string(), detail: z.string() }),
  z.object({ ...envelope, type: z.literal("completed"), rne: z.string() }),
]);
export type EmbedMessage = z.infer<typeof EmbedMessageSchema>;
