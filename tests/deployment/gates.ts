import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { waitUntil } from "#tests/client/wait-until.ts";
import { type Deployment, startDeployment } from "./deployment.ts";

type Gate = "install" | "mount" | "open" | "alter" | "archive" | "remove";

/** Lets a test hold a step of hosting's work, or make it fail, so that what is passing can be looked at. */
export interface Gates {
  close(rne: string, operation: Gate, how?: "hold" | "fail"): void;
  open(rne: string, operation: Gate): void;
  /** Resolves once a step waits at its gate. */
  held(rne: string, operation: Gate): Promise<void>;
  /** For after each test: what is held takes one of the worker's few places. */
  openAll(): void;
}

export interface GatedDeployment extends Deployment {
  readonly gates: Gates;
}

/** A deployment whose provisioner does as the gates say, and otherwise nothing. */
export async function startGatedDeployment(
  environment: Record<string, string> = {},
): Promise<GatedDeployment> {
  const root = mkdtempSync(join(tmpdir(), "bcdi-gates-"));
  const directory = join(root, "gates");
  mkdirSync(directory);
  const program = join(import.meta.dirname, "..", "provisioner", "gated-provisioner.ts");
  const command = [process.execPath, program, directory].map((word) => `'${word}'`).join(" ");
  const deployment = await startDeployment({
    environment: { PROVISIONER: "command", PROVISIONER_COMMAND: command, ...environment },
  });
  const path = (rne: string, operation: Gate, word: string) => join(directory, `${rne}.${operation}.${word}`);
  return {
    ...deployment,
    gates: {
      close: (rne, operation, how = "hold") => writeFileSync(path(rne, operation, how), ""),
      open: (rne, operation) => {
        for (const word of ["hold", "held", "fail"]) rmSync(path(rne, operation, word), { force: true });
      },
      held: async (rne, operation) => {
        const isHeld = () => (existsSync(path(rne, operation, "held")) ? true : null);
        await waitUntil(`${operation} of ${rne} to wait at its gate`, isHeld);
      },
      openAll: () => {
        for (const name of readdirSync(directory)) rmSync(join(directory, name));
      },
    },
    stop: async () => {
      await deployment.stop();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
