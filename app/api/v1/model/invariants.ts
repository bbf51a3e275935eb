import { stat } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { StateSchema } from "#contract/states.ts";
import { uploadPath } from "#hosting/deposit/storage.ts";
import { NEXT_STATES } from "#hosting/establishment/lifecycle.ts";
import { listQueued } from "./jobs.ts";
import type { World } from "./world.ts";

const HOSTING_ACTS = ["START", "BCDIDBUPLOADED", "BCDIDBUPLOADEDRIGHT", "BCDIALTER", "BCDIDELETE"];

/** What must hold whatever was done, in whatever order, and wherever it was cut. */
export async function checkInvariants(world: World, rne: string): Promise<void> {
  const { db } = world.context;
  const establishment = await db.establishment.findUnique({ where: { rne } });
  if (!establishment) return;
  const history = await db.history.findMany({ where: { rne }, orderBy: { revision: "asc" } });

  for (const [index, step] of history.entries()) {
    const before = history[index - 1]?.state ?? null;
    expect(step.fromState, "each step starts where the one before it ended").toBe(before);
    const allowed: readonly string[] = before === null ? ["START"] : NEXT_STATES[StateSchema.parse(before)];
    expect(allowed, `${before} -> ${step.state} is legal`).toContain(step.state);
  }
  expect(history.at(-1)?.state, "the history ends in the present").toBe(establishment.state);

  const events = await db.event.findMany({ where: { rne } });
  expect(events.length, "exactly one event for each step").toBe(history.length);

  const waiting = (await listQueued(world)).filter(
    ({ payload }) => payload.rne === rne && payload.revision === String(establishment.revision),
  );
  expect(waiting.length, `one job where hosting acts (${establishment.state})`).toBe(
    HOSTING_ACTS.includes(establishment.state) ? 1 : 0,
  );

  if (establishment.state === "STARTERROR" || establishment.state === "BCDIUPLOADEDERROR") {
    expect(establishment.problem, "a failure says what to do").toMatchObject({
      action: expect.any(String),
      reference: expect.any(String),
    });
  }
  await checkNoBaseLost(world, rne, establishment);
}

/** Every file that was received whole is somewhere: as it came, as a mounted base, or as an archive to take home. */
async function checkNoBaseLost(
  world: World,
  rne: string,
  { cycle, state }: { cycle: number; state: string },
): Promise<void> {
  const { db, settings } = world.context;
  const files = await db.baseFile.findMany({
    where: { rne, cycle, status: { in: ["received", "mounted"] } },
  });
  const downloads = await db.download.findMany({ where: { rne, cycle } });
  for (const file of files) {
    const places = [
      uploadPath(world.context, file),
      join(settings.DATA_DIR, "instances", rne, "bases", file.name ?? "none", "NOTICES.DAT"),
      ...downloads.map((file) => join(settings.DATA_DIR, "archives", rne, String(cycle), file.storedName)),
    ];
    const found = await Promise.all(
      places.map((path) =>
        stat(path).then(
          () => true,
          () => false,
        ),
      ),
    );
    expect(found, `${file.fileName} is still somewhere in ${state}`).toContain(true);
  }
  if (state === "BCDIDELETED") expect(downloads.length, "each base can be taken home").toBe(files.length);
}
