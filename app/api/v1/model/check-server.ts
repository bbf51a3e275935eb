import { readFile } from "node:fs/promises";
import { expect } from "vitest";
import { instancePaths } from "#hosting/provisioner/folder/paths.ts";
import type { School } from "./school.ts";
import type { Stand } from "./stand.ts";

/** Where nothing is under way, the server has the licence data that the school reads; a torn change says otherwise. */
export async function checkServer({ world, rne }: School, { state, licence, problem }: Stand): Promise<void> {
  if ((state !== "BCDIDBWAIT" && state !== "BCDIREADY") || problem !== null) return;
  const { ini } = instancePaths(world.context.settings.DATA_DIR, rne);
  const lines = (await readFile(ini, "latin1")).split("\r\n");
  expect(lines).toContain(`ORGANISME=${licence.griffe}`);
  expect(lines).toContain(`CODE=${licence.code}`);
  expect(lines).toContain(`VERSION=${licence.version}`);
}
