import { expect } from "vitest";
import { z } from "zod";
import { type EstablishmentView, EstablishmentViewSchema } from "#contract/establishment.ts";
import { listQueuedJobs, type QueuedJob } from "#tests/hosting/queued-jobs.ts";
import { callSchool, type School } from "./school.ts";
import type { FileStatus } from "./stand.ts";

const Status = z.enum(["receiving", "received", "mounted", "rejected"]);

/** Where an establishment really stands. */
export interface Observation {
  readonly view: EstablishmentView;
  readonly establishment: Awaited<ReturnType<typeof readRows>>["establishment"];
  readonly history: Awaited<ReturnType<typeof readRows>>["history"];
  /** The live jobs of the present change. */
  readonly jobs: readonly QueuedJob[];
  /** Live jobs of changes that are past. */
  readonly late: readonly QueuedJob[];
  readonly statuses: ReadonlyMap<string, FileStatus>;
}

export async function observe(school: School): Promise<Observation> {
  const { establishment, history } = await readRows(school);
  const jobs = await listQueuedJobs(school.world.db, school.rne);
  const { status, view } = await callSchool(school, "read");
  expect(status, "the view can be read").toBe(200);
  const parsed = EstablishmentViewSchema.parse(view);
  const isPresent = ({ payload }: QueuedJob) => payload.revision === String(establishment.revision);
  return {
    ...{ view: parsed, establishment, history },
    jobs: jobs.filter(isPresent),
    late: jobs.filter((job) => !isPresent(job)),
    statuses: new Map(parsed.bases.map(({ id, status }) => [id, Status.parse(status)])),
  };
}

async function readRows({ world: { db }, rne }: School) {
  const establishment = await db.establishment.findUniqueOrThrow({ where: { rne } });
  const history = await db.history.findMany({ where: { rne }, orderBy: { revision: "asc" } });
  return { establishment, history };
}
