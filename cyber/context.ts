import type { Clock } from "#platform/clock.ts";
import type { Database } from "#platform/database/client.ts";
import type { Environment } from "#platform/environment/environment.ts";
import type { Logger } from "#platform/log.ts";
import { defineProcessContext } from "#platform/process-context.ts";
import type { JobSender } from "#platform/queue/queue.ts";
import { createHostingClient } from "./hosting-client/client.ts";
import type { HostingClient } from "./hosting-client/port.ts";

/** What CYBER's verbs work with. */
export interface CyberContext {
  readonly db: Pick<
    Database,
    | "subscription"
    | "contact"
    | "step"
    | "auditEntry"
    | "feedCursor"
    | "receivedEvent"
    | "mail"
    | "$transaction"
  >;
  readonly queue: JobSender;
  readonly clock: Clock;
  readonly log: Logger;
  readonly secretKey: string;
  readonly publicUrl: string;
  /** What the host signs its events with. */
  readonly webhookSecret: string;
  readonly hosting: HostingClient;
}

export const cyberProcess = defineProcessContext<CyberContext>("cyber");

export function createCyberContext(parts: {
  database: CyberContext["db"];
  queue: JobSender;
  clock: Clock;
  log: Logger;
  environment: Pick<
    Environment,
    "SECRET_KEY" | "PUBLIC_URL" | "HOSTING_URL" | "PLATFORM_KEY" | "WEBHOOK_SECRET"
  >;
}): CyberContext {
  const { SECRET_KEY, PUBLIC_URL, HOSTING_URL, PLATFORM_KEY, WEBHOOK_SECRET } = parts.environment;
  return {
    db: parts.database,
    queue: parts.queue,
    clock: parts.clock,
    log: parts.log,
    secretKey: SECRET_KEY,
    publicUrl: PUBLIC_URL,
    webhookSecret: WEBHOOK_SECRET,
    hosting: createHostingClient({ baseUrl: HOSTING_URL, platformKey: PLATFORM_KEY }),
  };
}
