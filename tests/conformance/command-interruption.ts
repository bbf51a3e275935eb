import { createCommandProvisioner } from "#hosting/provisioner/command/command-provisioner.ts";
import { type Provisioner, ProvisionerFailure } from "#hosting/provisioner/port.ts";
import { type Interruption, perform } from "./harness.ts";

const FRACTIONS = [0.1, 0.3, 0.5, 0.7, 0.9];
/** Before it can have done anything: on a machine that is busy the others may all come too late. */
const AT_ONCE_MS = 1;

/** Kills a command after a part of the time that it takes for the same operation; its moments are milliseconds. */
export function createCommandInterruption(command: string, provisioner: Provisioner): Interruption {
  return {
    listMoments: async (call) => {
      const startedAt = performance.now();
      await perform(provisioner, call);
      const lengthMs = performance.now() - startedAt;
      return [AT_ONCE_MS, ...FRACTIONS.map((fraction) => Math.ceil(fraction * lengthMs))];
    },
    killAt: async (momentMs, call) => {
      const killed = createCommandProvisioner({ command, timeoutMs: momentMs });
      const failure = await perform(killed, call).then(
        () => null,
        (thrown: unknown) => thrown,
      );
      if (failure === null) return false;
      if (failure instanceof ProvisionerFailure && failure.message.includes("no end after")) return true;
      throw failure;
    },
  };
}
