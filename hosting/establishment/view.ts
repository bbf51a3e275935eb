import type { Base } from "#contract/deposit.ts";
import { ConnectionSchema, type EstablishmentView, VersionSchema } from "#contract/establishment.ts";
import { IncidentProblemSchema } from "#contract/problem.ts";
import { STATE_ACTORS, STATE_CODES, type State, StateSchema } from "#contract/states.ts";
import type { HostingContext, HostingTransaction } from "#hosting/context.ts";
import { toBase } from "#hosting/deposit/base.ts";
import { estimateNextStep } from "#hosting/estimate/next-step.ts";
import { downloadUrl } from "#hosting/restitution/download-url.ts";
import type { Establishment } from "#prisma/generated/client.ts";
import { stateOf } from "./lifecycle.ts";

const STATES_WITH_CONNECTION: readonly State[] = ["BCDIREADY", "BCDIALTER"];

/** Everything that an establishment's view carries, read at one moment. */
export async function buildView(
  context: HostingContext,
  establishment: Establishment,
  db: Pick<HostingTransaction, "history" | "baseFile" | "download"> = context.db,
): Promise<EstablishmentView> {
  const { rne, cycle, revision } = establishment;
  const state = stateOf(establishment);
  // A step that commits meanwhile belongs to the next view: this one ends where the establishment was read.
  const [history, files, downloads] = await Promise.all([
    db.history.findMany({
      where: { rne, cycle, revision: { lte: revision } },
      orderBy: { revision: "asc" },
    }),
    db.baseFile.findMany({ where: { rne, cycle }, orderBy: [{ position: "asc" }, { createdAt: "asc" }] }),
    state === "BCDIDELETED"
      ? db.download.findMany({ where: { rne, cycle, removedAt: null }, orderBy: { fileName: "asc" } })
      : [],
  ]);
  const bases: Base[] = files.map((file, index) => toBase(file, index));
  return {
    rne,
    griffe: establishment.griffe,
    code: establishment.code,
    version: VersionSchema.parse(establishment.version),
    state,
    stateCode: STATE_CODES[state],
    since: establishment.since.toISOString(),
    actor: actorOf(establishment, state),
    nextStep: await estimateNextStep(context, establishment, db),
    history: history.map((step) => ({ state: StateSchema.parse(step.state), at: step.at.toISOString() })),
    bases,
    connection:
      STATES_WITH_CONNECTION.includes(state) && establishment.connection
        ? ConnectionSchema.parse(establishment.connection)
        : null,
    downloads: downloads
      .filter((download) => download.expiresAt > context.clock.now())
      .map((download) => ({
        fileName: download.fileName,
        size: Number(download.sizeBytes),
        sha256: download.sha256,
        url: downloadUrl(context, download),
        expiresAt: download.expiresAt.toISOString(),
      })),
    problem: establishment.problem ? IncidentProblemSchema.parse(establishment.problem) : null,
  };
}

/** In an incident, whoever the repair waits for. */
function actorOf({ problem }: Establishment, state: State): EstablishmentView["actor"] {
  if (state !== "BCDIUPLOADEDERROR" && state !== "STARTERROR") return STATE_ACTORS[state];
  const parsed = IncidentProblemSchema.safeParse(problem);
  if (!parsed.success) return STATE_ACTORS[state];
  return parsed.data.action === "replace_file" || parsed.data.action === "retry"
    ? "establishment"
    : "hosting";
}
