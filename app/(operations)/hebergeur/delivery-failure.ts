import type { DeliveryFailure } from "#components/operations/delivery-fold.tsx";

/** Why an event did not arrive, from what was noted of the attempt; null when no attempt has failed. */
export function describeDeliveryFailure(lastError: string | null): DeliveryFailure | null {
  return lastError === null ? null : { said: say(lastError), raw: lastError };
}

function say(lastError: string): string {
  const status = /the receiver answered (\d{3})/.exec(lastError)?.[1];
  if (status === "401")
    return "La librairie a refusé la signature (statut 401)\u202f: WEBHOOK_SECRET est-il le même des deux côtés\u202f?";
  if (status !== undefined) return `La librairie a répondu par une erreur (statut ${status}).`;
  if (lastError.startsWith("TimeoutError")) return "La librairie n’a pas répondu à temps.";
  if (lastError.includes("fetch failed"))
    return "La librairie n’a pas pu être jointe à l’adresse de WEBHOOK_URL.";
  return "L’envoi a échoué.";
}
