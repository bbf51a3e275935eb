import { z } from "zod";

/** What a process of senders is told to send. */
export const OrderSchema = z.object({
  url: z.string(),
  bytesPerSecond: z.number(),
  sizeBytes: z.number(),
  uploads: z.array(z.object({ path: z.string(), key: z.string() })),
});
export type Order = z.infer<typeof OrderSchema>;

/** How each upload ended: "204", another status, or a failure's text. */
export const OutcomesSchema = z.array(z.string());
