/**
 * What server.ts opens once (pools, clients) and the routes use. Next bundles the routes apart from server.ts, so a
 * module variable would exist twice: the one place that both see is the global object.
 */
export function defineProcessContext<Context>(name: string): {
  provide(context: Context): void;
  get(): Context;
} {
  const contexts = sharedContexts();
  const key = Symbol.for(`bcdi.${name}`);
  const isProvided = (value: unknown): value is Context => value !== undefined;
  return {
    provide: (context) => {
      contexts.set(key, context);
    },
    get: () => {
      const context = contexts.get(key);
      if (!isProvided(context)) throw new Error(`${name} is not served by this process`);
      return context;
    },
  };
}

const HOLDER = Symbol.for("bcdi.process-contexts");

function sharedContexts(): Map<symbol, unknown> {
  const existing: unknown = Reflect.get(globalThis, HOLDER);
  if (existing instanceof Map) return existing;
  const created = new Map<symbol, unknown>();
  Reflect.set(globalThis, HOLDER, created);
  return created;
}
