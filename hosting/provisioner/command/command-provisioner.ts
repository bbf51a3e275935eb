import type { Provisioner } from "#hosting/provisioner/port.ts";
import { ArchivedSchema, NothingSchema, OpenedSchema } from "./answers.ts";
import { type CommandOptions, runCommand } from "./run-command.ts";

/** Every operation is a run of PROVISIONER_COMMAND: `{operation, target, bases?, directory?}` in, JSON out. */
export function createCommandProvisioner(options: CommandOptions): Provisioner {
  return {
    install: async (target) => {
      await runCommand(options, "install", { target }, NothingSchema);
    },
    mount: async (target, bases) => {
      await runCommand(options, "mount", { target, bases }, NothingSchema);
    },
    open: (target) => runCommand(options, "open", { target }, OpenedSchema),
    alter: async (target) => {
      await runCommand(options, "alter", { target }, NothingSchema);
    },
    archive: async (target, directory) => {
      const { archives } = await runCommand(options, "archive", { target, directory }, ArchivedSchema);
      return archives;
    },
    remove: async (target) => {
      await runCommand(options, "remove", { target }, NothingSchema);
    },
  };
}
