import type { Operation } from "#hosting/provisioner/port.ts";
import type { FaultOutcome, OutcomeOf } from "./double.ts";

/** The outcomes that a test plans, operation by operation; runs that it does not plan end well. */
export class PlannedFaults {
  readonly #planned = new Map<Operation, (FaultOutcome | Promise<FaultOutcome>)[]>();
  readonly #counts = new Map<Operation, number>();
  readonly #waiting: { operation: Operation; count: number; tell: () => void }[] = [];

  /** The outcomes of the next runs of an operation, in order. */
  next(operation: Operation, ...outcomes: (FaultOutcome | Promise<FaultOutcome>)[]): void {
    this.#planned.set(operation, [...(this.#planned.get(operation) ?? []), ...outcomes]);
  }

  /** How often an operation was begun. */
  readonly count = (operation: Operation): number => {
    return this.#counts.get(operation) ?? 0;
  };

  /** Resolves once an operation was begun so often. */
  begun(operation: Operation, count: number): Promise<void> {
    if (this.count(operation) >= count) return Promise.resolve();
    return new Promise((tell) => this.#waiting.push({ operation, count, tell }));
  }

  readonly outcomeOf: OutcomeOf = (operation) => {
    const count = this.count(operation) + 1;
    this.#counts.set(operation, count);
    for (const waiting of this.#waiting)
      if (waiting.operation === operation && waiting.count === count) waiting.tell();
    return this.#planned.get(operation)?.shift() ?? "done";
  };
}
