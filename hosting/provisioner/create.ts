import type { HostingDatabase } from "#hosting/context.ts";
import type { Environment } from "#platform/environment/environment.ts";
import { createCommandProvisioner } from "./command/command-provisioner.ts";
import { createFolderProvisioner } from "./folder/folder-provisioner.ts";
import { createPortLeases } from "./folder/port-leases.ts";
import { SERVER_TIMEOUTS } from "./folder/server/control.ts";
import type { Provisioner } from "./port.ts";

const COMMAND_TIMEOUT_MS = 2 * 60 * 60 * 1000;

/** The adapter that the configuration names. */
export function createProvisioner(
  environment: Environment,
  { db }: { readonly db: Pick<HostingDatabase, "portLease" | "$queryRaw"> },
): Provisioner {
  if (environment.PROVISIONER === "command") {
    return createCommandProvisioner({
      command: environment.PROVISIONER_COMMAND ?? "false",
      timeoutMs: COMMAND_TIMEOUT_MS,
    });
  }
  const command = environment.BCDI_SERVER_COMMAND;
  return createFolderProvisioner({
    dataDirectory: environment.DATA_DIR,
    templateDirectory: environment.BCDI_TEMPLATE_DIR,
    ports: createPortLeases(db, environment.BCDI_PORT_RANGE),
    publicHost: environment.BCDI_HOST ?? new URL(environment.PUBLIC_URL).hostname,
    serverVersion: environment.BCDI_SERVER_VERSION,
    server: command ? { command, ...SERVER_TIMEOUTS } : undefined,
  });
}
