import { expect } from "vitest";
import { rneOf } from "#tests/client/rne.ts";
import { Model, settle } from "./model.ts";
import { observe } from "./observe.ts";
import { callCreate, type School } from "./school.ts";
import { begin } from "./stand.ts";
import type { World } from "./world.ts";

const LICENCE = { griffe: "LYCEE ZOLA", code: "ABCDEFGH", version: "CL" };
let schools = 0;

/** Creates an establishment, and what is believed of it. */
export async function openSchool(world: World): Promise<{ model: Model; real: School }> {
  schools += 1;
  const rne = rneOf(1_000_000 + schools);
  const { status, key } = await callCreate({ world, rne }, LICENCE);
  expect(status).toBe(200);
  const real: School = { world, rne, key: key ?? "", finished: [] };
  const model = new Model(begin(LICENCE), await observe(real), world.now);
  await settle(model, real, [model.stand]);
  return { model, real };
}
