import type { Database } from "#platform/database/client.ts";
import type { Mortal } from "./mortal.ts";

class Killed extends Error {}

/** The database as a mortal process has it: dead, it hears no answer, and what it had not committed is rolled back. */
export function mortalDatabase(db: Database, mortal: Mortal): Database {
  const transact = <Result>(work: (transaction: object) => Promise<Result>): Promise<Result> =>
    mortal.through(() =>
      db.$transaction(async (transaction) => {
        const death = mortal.died.then(() => {
          throw new Killed();
        });
        const result = await Promise.race([work(counted(transaction, mortal)), death]);
        // The commit: a call like the others.
        if (mortal.endsAt("before")) {
          void mortal.die();
          throw new Killed();
        }
        return result;
      }),
    );
  return counted(db, mortal, { $transaction: transact });
}

/** The same object, every method of which, its models' too, is a call of the process. */
function counted<Target extends object>(
  target: Target,
  mortal: Mortal,
  instead: Record<string, unknown> = {},
): Target {
  return new Proxy(target, {
    get: (_, property) => {
      const replaced = typeof property === "string" ? instead[property] : undefined;
      if (replaced) return replaced;
      const found: unknown = Reflect.get(target, property);
      if (typeof found === "function")
        return (...parameters: unknown[]) =>
          mortal.through(async () => await Reflect.apply(found, target, parameters));
      return typeof found === "object" && found !== null ? counted(found, mortal) : found;
    },
  });
}
