import { OutputFold } from "./output-fold.tsx";

/** Why an event did not arrive: in French, and as the machine put it. */
export interface DeliveryFailure {
  readonly said: string;
  readonly raw: string;
}

/** The machine's own words, folded. Named after the event: each fold of a page has a name of its own. */
export function DeliveryFold({ id, failure }: { id: string; failure: DeliveryFailure }) {
  return <OutputFold summary={`Message technique de l’événement ${id.slice(0, 8)}`} text={failure.raw} />;
}
