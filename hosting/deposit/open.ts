import type { State } from "#contract/states.ts";
import { stateOf } from "#hosting/establishment/lifecycle.ts";
import { Refusal } from "#hosting/refusal.ts";
import type { Establishment } from "#prisma/generated/client.ts";

const OPEN_STATES: readonly State[] = ["BCDIDBWAIT", "BCDIUPLOADEDERROR"];

export function isDepositOpen(establishment: Pick<Establishment, "state">): boolean {
  return OPEN_STATES.includes(stateOf(establishment));
}

const OVER = "Le dépôt est terminé\u202f: les fichiers ne peuvent plus être changés.";
const ENDING = "L’hébergement est en cours de suppression\u202f: rien ne peut plus être déposé.";
const SOON_SECONDS = 30;

/** Why a deposit is closed in a state, and whether waiting opens it. */
const CLOSED = {
  START: ["Le dépôt n’est pas encore ouvert\u202f: votre serveur est en préparation.", SOON_SECONDS],
  STARTERROR: [
    "Le dépôt n’est pas encore ouvert\u202f: l’installation de votre serveur a échoué, nous nous en occupons.",
    undefined,
  ],
  BCDIDBUPLOADED: [OVER, undefined],
  BCDIDBUPLOADEDRIGHT: [OVER, undefined],
  BCDIREADY: [OVER, undefined],
  BCDIALTER: [
    "Une modification est en cours\u202f: le dépôt reprendra quand elle sera effective.",
    SOON_SECONDS,
  ],
  BCDIDELETE: [ENDING, undefined],
  BCDIDELETED: [ENDING, undefined],
} as const satisfies Partial<Record<State, readonly [string, number | undefined]>>;

/** Files may come and go only while the establishment's bases are awaited. */
export function refuseClosedDeposit(
  establishment: Pick<Establishment, "state" | "depositCompletedAt">,
): void {
  const state = stateOf(establishment);
  if (state === "BCDIDBWAIT" || state === "BCDIUPLOADEDERROR") return;
  const isOver = state === "BCDIALTER" && establishment.depositCompletedAt !== null;
  const [detail, retryAfterSeconds] = isOver ? CLOSED.BCDIREADY : CLOSED[state];
  throw new Refusal("state_conflict", {
    detail,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });
}
