import type { z } from "zod";

/** A kind of job: its queue's name, what it carries (an id, to be re-read), and how it is tried again. */
export interface JobDefinition<Payload extends object = object> {
  readonly name: string;
  readonly payload: z.ZodType<Payload>;
  /** How often a run that threw, or whose process died, is tried again. */
  readonly retryLimit: number;
  readonly retryDelaySeconds: number;
  /** With a maximum the delay doubles from one try to the next; without, it stays the same. */
  readonly retryDelayMaxSeconds?: number;
  /** How many of this kind one worker runs at the same time. */
  readonly concurrency: number;
  /** When it runs by itself, in cron's notation, Europe/Paris. */
  readonly cron?: string;
}

export function defineJob<Payload extends object>(
  definition: JobDefinition<Payload>,
): JobDefinition<Payload> {
  return definition;
}
