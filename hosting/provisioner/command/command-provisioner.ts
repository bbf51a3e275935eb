import type { Operation, Provisioner, Report } from "#hosting/provisioner/port.ts";
import { ArchivedSchema, NothingSchema, OpenedSchema } from "./answers.ts";
import { type CommandOptions, runCommand } from "./run-command.ts";

/** Every operation is a run of PROVISIONER_COMMAND: `{operation, target, bases?, directory?}` in, JSON out. */
export function createCommandProvisioner(options: CommandOptions): Provisioner {
  const run = async (operation: Operation, input: object, report: Report | undefined): Promise<void> => {
    await runCommand(options, { operation, input, answer: NothingSchema, report });
  };
  return {
    install: (target, report) => run("install", { target }, report),
    mount: (target, bases, report) => run("mount", { target, bases }, report),
    open: (target, report) =>
      runCommand(options, { operation: "open", input: { target }, answer: OpenedSchema, report }),
    alter: (target, report) => run("alter", { target }, report),
    archive: async (target, directory, report) => {
      const input = { target, directory };
      const answered = { operation: "archive", input, answer: ArchivedSchema, report } as const;
      return (await runCommand(options, answered)).archives;
    },
    remove: (target, report) => run("remove", { target }, report),
  };
}
