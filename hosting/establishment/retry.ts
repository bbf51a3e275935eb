import type { EstablishmentView } from "#contract/establishment.ts";
import type { State } from "#contract/states.ts";
import type { HostingContext } from "#hosting/context.ts";
import { refuseIncompleteDeposit } from "#hosting/deposit/completeness.ts";
import { listFiles } from "#hosting/deposit/list.ts";
import { NOTHING } from "#hosting/json.ts";
import { Refusal } from "#hosting/refusal.ts";
import type { Establishment } from "#prisma/generated/client.ts";
import { attemptChange } from "./attempt-change.ts";
import { type Author, stateOf } from "./lifecycle.ts";
import { buildView } from "./view.ts";

const RETRIED: Partial<Record<State, State>> = { STARTERROR: "START", BCDIUPLOADEDERROR: "BCDIDBUPLOADED" };

/** Has the step that failed done once more, with the same key and the same files. */
export async function retryStep(
  context: HostingContext,
  { establishment, author }: { establishment: Establishment; author: Author },
): Promise<EstablishmentView> {
  const state = stateOf(establishment);
  const to = RETRIED[state];
  if (!to)
    throw new Refusal("state_conflict", {
      detail: "Aucune étape n’est en échec\u202f: il n’y a rien à relancer.",
    });
  const change = { from: establishment, to, author, alongWith: { problem: NOTHING } };
  const retried = await attemptChange(context, change, async (transaction, locked) => {
    if (state !== "BCDIUPLOADEDERROR") return;
    // Locked, so that no file comes or goes: a rejected one is checked once more, one that is not whole cannot be.
    const files = await listFiles(transaction, locked);
    refuseIncompleteDeposit(
      files.map((file) => (file.status === "rejected" ? { ...file, status: "received" } : file)),
    );
  });
  return buildView(context, retried);
}
