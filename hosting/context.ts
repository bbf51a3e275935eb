import type { Clock } from "#platform/clock.ts";
import type { Database, Transaction } from "#platform/database/client.ts";
import type { Environment } from "#platform/environment/environment.ts";
import type { Logger } from "#platform/log.ts";
import { defineProcessContext } from "#platform/process-context.ts";
import type { JobSender } from "#platform/queue/queue.ts";

type Models =
  | "establishment"
  | "history"
  | "baseFile"
  | "download"
  | "event"
  | "incident"
  | "provisioningEntry"
  | "portLease"
  | "$queryRaw"
  | "$executeRaw";

/** HOSTING's own tables, and no other's. */
export type HostingDatabase = Pick<Database, Models | "$transaction">;
export type HostingTransaction = Pick<Transaction, Models | "$queryRawUnsafe">;

/** What HOSTING takes from the configuration. */
export type HostingSettings = Pick<
  Environment,
  | "PLATFORM_KEY"
  | "SECRET_KEY"
  | "PUBLIC_URL"
  | "DATA_DIR"
  | "UPLOAD_MAX_BYTES"
  | "UPLOAD_EXPIRY_HOURS"
  | "UPLOAD_RETENTION_DAYS"
  | "DELETION_GRACE_MINUTES"
  | "DOWNLOAD_RETENTION_DAYS"
  | "WEBHOOK_URL"
  | "WEBHOOK_SECRET"
>;

export interface HostingContext {
  readonly db: HostingDatabase;
  readonly queue: JobSender;
  readonly clock: Clock;
  readonly log: Logger;
  readonly settings: HostingSettings;
}

export const hostingProcess = defineProcessContext<HostingContext>("hosting");
