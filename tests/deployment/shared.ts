import { inject } from "vitest";
import type { TestProject } from "vitest/node";
import { type Deployment, startDeployment } from "./deployment.ts";
import { type Gates, gatesIn, startGatedDeployment } from "./gates.ts";

/** What a test file needs of a deployment that others use at the same time. */
export type SharedDeployment = Pick<Deployment, "url" | "port" | "platformKey" | "dataDirectory">;

declare module "vitest" {
  interface ProvidedContext {
    /** The real folder provisioner, and deletions without a grace period. */
    openDeployment: SharedDeployment;
    /** A provisioner that waits where a test says so, an hour of grace, and files of a few MiB. */
    gatedDeployment: SharedDeployment & { readonly gatesDirectory: string };
  }
}

export const GATED_UPLOAD_MAX_BYTES = 8 * 1024 * 1024;

/** Two deployments for the test files that only work with schools of their own: to start one takes longer than they do. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [open, gated] = await Promise.all([
    startDeployment({ environment: { DELETION_GRACE_MINUTES: "0" } }),
    startGatedDeployment({
      DELETION_GRACE_MINUTES: "60",
      UPLOAD_MAX_BYTES: String(GATED_UPLOAD_MAX_BYTES),
    }),
  ]);
  project.provide("openDeployment", toShared(open));
  project.provide("gatedDeployment", { ...toShared(gated), gatesDirectory: gated.gatesDirectory });
  return async () => {
    await Promise.all([open.stop(), gated.stop()]);
  };
}

/** The one with the real provisioner. */
export function openDeployment(): SharedDeployment {
  return inject("openDeployment");
}

/** The one with gates; those that this file closes are opened again by `openAll`, and no other's. */
export function gatedDeployment(): SharedDeployment & { readonly gates: Gates } {
  const { gatesDirectory, ...deployment } = inject("gatedDeployment");
  return { ...deployment, gates: gatesIn(gatesDirectory) };
}

function toShared({ url, port, platformKey, dataDirectory }: Deployment): SharedDeployment {
  return { url, port, platformKey, dataDirectory };
}
