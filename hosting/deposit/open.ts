import type { State } from "#contract/states.ts";
import { stateOf } from "#hosting/establishment/lifecycle.ts";
import { Refusal } from "#hosting/refusal.ts";
import type { Establishment } from "#prisma/generated/client.ts";

const OPEN_STATES: readonly State[] = ["BCDIDBWAIT", "BCDIUPLOADEDERROR"];

export function isDepositOpen(establishment: Pick<Establishment, "state">): boolean {
  return OPEN_STATES.includes(stateOf(establishment));
}

/** Files may come and go only while the establishment's bases are awaited. */
export function refuseClosedDeposit(establishment: Pick<Establishment, "state">): void {
  if (isDepositOpen(establishment)) return;
  const state = stateOf(establishment);
  const isEarly = state === "START" || state === "BCDIALTER";
  throw new Refusal("state_conflict", {
    detail: isEarly
      ? "Le dépôt n’est pas encore ouvert\u202f: votre serveur est en préparation."
      : "Le dépôt est terminé\u202f: les fichiers ne peuvent plus être changés.",
    ...(isEarly ? { retryAfterSeconds: 30 } : {}),
  });
}
