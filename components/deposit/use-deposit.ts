import { useEffect, useState, useSyncExternalStore } from "react";
import { type DepositSession, openSession } from "./engine/session.ts";
import { type DepositState, INITIAL_STATE } from "./engine/state.ts";

const subscribeToNothing = () => () => undefined;
const getInitialState = () => INITIAL_STATE;

/** The page's session and state; the session is null until the browser runs. */
export function useDeposit(): { session: DepositSession | null; state: DepositState } {
  const [session, setSession] = useState<DepositSession | null>(null);
  useEffect(() => setSession(openSession()), []);
  const state = useSyncExternalStore(
    session?.store.subscribe ?? subscribeToNothing,
    session?.store.getSnapshot ?? getInitialState,
    getInitialState,
  );
  return { session, state };
}

/** The time, each second, as long as it is wanted. */
export function useNowMs(isWanted: boolean): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    if (!isWanted) return;
    setNowMs(Date.now());
    const timer = setInterval(() => setNowMs(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [isWanted]);
  return nowMs;
}
