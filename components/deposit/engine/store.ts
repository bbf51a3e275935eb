import { type Action, reduce } from "./reducer.ts";
import { type DepositState, INITIAL_STATE } from "./state.ts";

/** The page's state, in the shape that React's `useSyncExternalStore` wants. */
export type Store = {
  getSnapshot(): DepositState;
  subscribe(listener: () => void): () => void;
  dispatch(action: Action): void;
};

export function createStore(): Store {
  let state = INITIAL_STATE;
  const listeners = new Set<() => void>();
  return {
    getSnapshot: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispatch: (action) => {
      const next = reduce(state, action);
      if (next === state) return;
      state = next;
      for (const listener of listeners) listener();
    },
  };
}
