import type { Clock } from "#platform/clock.ts";
import type { Database } from "#platform/database/client.ts";
import type { Environment } from "#platform/environment/environment.ts";
import type { Logger } from "#platform/log.ts";
import { defineProcessContext } from "#platform/process-context.ts";
import type { JobSender } from "#platform/queue/queue.ts";

/** What the accounts' verbs work with. */
export interface AccountsContext {
  readonly db: Pick<Database, "signInRequest" | "mail" | "$transaction">;
  readonly queue: JobSender;
  readonly clock: Clock;
  readonly log: Logger;
  readonly secretKey: string;
  readonly publicUrl: string;
  readonly staffEmails: readonly string[];
  readonly operatorEmails: readonly string[];
  /** The schools that an address is a contact of: the side that knows them gives it. */
  readonly listSchoolRnes: (email: string) => Promise<string[]>;
}

export const accountsProcess = defineProcessContext<AccountsContext>("accounts");

export function createAccountsContext(parts: {
  database: AccountsContext["db"];
  queue: JobSender;
  clock: Clock;
  log: Logger;
  environment: Pick<Environment, "SECRET_KEY" | "PUBLIC_URL" | "STAFF_EMAILS" | "OPERATOR_EMAILS">;
  listSchoolRnes: AccountsContext["listSchoolRnes"];
}): AccountsContext {
  const { environment } = parts;
  return {
    db: parts.database,
    queue: parts.queue,
    clock: parts.clock,
    log: parts.log,
    secretKey: environment.SECRET_KEY,
    publicUrl: environment.PUBLIC_URL,
    staffEmails: environment.STAFF_EMAILS,
    operatorEmails: environment.OPERATOR_EMAILS,
    listSchoolRnes: parts.listSchoolRnes,
  };
}
