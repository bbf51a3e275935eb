import { readFile } from "node:fs/promises";
import { expect } from "vitest";
import { instancePaths } from "#hosting/provisioner/folder/paths.ts";
import type { Observation } from "./observe.ts";
import type { School } from "./school.ts";
import type { Stand } from "./stand.ts";

/** Where nothing is under way the server has the licence data that the school reads, unless it is told to call. */
export async function checkServer(
  { world, rne }: School,
  { state, licence }: Stand,
  { view }: Observation,
): Promise<void> {
  if ((state !== "BCDIDBWAIT" && state !== "BCDIREADY") || view.problem?.action === "contact") return;
  const { ini } = instancePaths(world.context.settings.DATA_DIR, rne);
  const lines = (await readFile(ini, "latin1")).split("\r\n");
  expect(lines).toContain(`ORGANISME=${licence.griffe}`);
  expect(lines).toContain(`CODE=${licence.code}`);
  expect(lines).toContain(`VERSION=${licence.version}`);
}
