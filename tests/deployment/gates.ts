import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
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
  readonly gatesDirectory: string;
}

/** A deployment whose provisioner does as the gates say, and otherwise nothing. */
export async function startGatedDeployment(
  environment: Record<string, string> = {},
): Promise<GatedDeployment> {
  const root = mkdtempSync(join(tmpdir(), "bcdi-gates-"));
  const gatesDirectory = join(root, "gates");
  mkdirSync(gatesDirectory);
  const program = join(import.meta.dirname, "..", "provisioner", "gated-provisioner.ts");
  const command = [process.execPath, program, gatesDirectory].map((word) => `'${word}'`).join(" ");
  const deployment = await startDeployment({
    environment: { PROVISIONER: "command", PROVISIONER_COMMAND: command, ...environment },
  });
  return {
    ...deployment,
    ...{ gatesDirectory, gates: gatesIn(gatesDirectory) },
    stop: async () => {
      await deployment.stop();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** The gates of a deployment that looks for them in this folder. */
export function gatesIn(directory: string): Gates {
  const path = (rne: string, operation: Gate, word: string) => join(directory, `${rne}.${operation}.${word}`);
  const closed = new Map<string, [string, Gate]>();
  const open = (rne: string, operation: Gate) => {
    for (const word of ["hold", "held", "fail"]) rmSync(path(rne, operation, word), { force: true });
  };
  return {
    close: (rne, operation, how = "hold") => {
      closed.set(`${rne} ${operation}`, [rne, operation]);
      writeFileSync(path(rne, operation, how), "");
    },
    open,
    held: async (rne, operation) => {
      const isHeld = () => (existsSync(path(rne, operation, "held")) ? true : null);
      await waitUntil(`${operation} of ${rne} to wait at its gate`, isHeld);
    },
    openAll: () => {
      for (const gate of closed.values()) open(...gate);
      closed.clear();
    },
  };
}
