import { z } from "zod";
import { RneSchema } from "./rne.ts";
import { StateSchema } from "./states.ts";

/** The one event that HOSTING posts to `WEBHOOK_URL`. A hint: the receiver then reads the view. */
export const StateChangedEventSchema = z.object({
  type: z.literal("establishment.state_changed"),
  timestamp: z.iso.datetime(),
  data: z.object({
    rne: RneSchema,
    state: StateSchema,
    stateCode: z.string(),
    since: z.iso.datetime(),
  }),
});
export type StateChangedEvent = z.infer<typeof StateChangedEventSchema>;
