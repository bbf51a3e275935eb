/** Where a process is to be killed: at its n-th call of the database, before it is sent or after it was carried out. */
export interface Death {
  readonly atCall: number;
  readonly when: "before" | "after";
}

const graves: ((reason: Error) => void)[] = [];

/** Lets go of what hangs in dead processes: only once nothing more is looked at. */
export function clearGraves(): void {
  for (const open of graves.splice(0)) open(new Error("killed"));
}

/**
 * A process that may be killed. What it calls once dead never answers: so no handler of it runs, no `finally` either,
 * as after SIGKILL.
 */
export class Mortal {
  readonly #death: Death | null;
  readonly #dying = Promise.withResolvers<"killed">();
  readonly #hanging = Promise.withResolvers<never>();
  readonly #unsettled = new Set<Promise<unknown>>();
  #calls = 0;
  #isDead = false;

  constructor(death: Death | null) {
    this.#death = death;
    this.#hanging.promise.catch(() => {});
  }

  readonly died = this.#dying.promise;

  get isDead(): boolean {
    return this.#isDead;
  }

  die(): Promise<never> {
    if (!this.#isDead) graves.push(this.#hanging.reject);
    this.#isDead = true;
    this.#dying.resolve("killed");
    return this.#hanging.promise;
  }

  /** Counts a call of the database; true when the process ends at that point of it. */
  endsAt(when: Death["when"]): boolean {
    if (when === "before") this.#calls += 1;
    return this.#isDead || (this.#death?.when === when && this.#death.atCall === this.#calls);
  }

  /** Makes a call, or dies on the way; what it answers to a dead process is never heard. */
  async through<Result>(call: () => Promise<Result>): Promise<Result> {
    if (this.endsAt("before")) return this.die();
    const [settled] = await this.#watch(call());
    if (this.endsAt("after")) return this.die();
    if (settled.status === "rejected") throw settled.reason;
    return settled.value;
  }

  /** Resolves once nothing that the process had sent is under way any more. */
  async settle(): Promise<void> {
    await Promise.all(this.#unsettled);
  }

  #watch<Result>(call: Promise<Result>): Promise<[PromiseSettledResult<Result>]> {
    const settling = Promise.allSettled([call] as const);
    this.#unsettled.add(settling);
    return settling.finally(() => this.#unsettled.delete(settling));
  }
}
