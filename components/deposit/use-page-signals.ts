import { type RefObject, useEffect } from "react";
import type { DepositSession } from "./engine/session.ts";
import type { DepositState } from "./engine/state.ts";
import { isBusy, sumItems } from "./engine/totals.ts";
import { formatPercent } from "./format.ts";

const REFRESH_EVERY_MS = 20_000;

/** Tells the embedding page how tall this one is, each time that changes. */
export function useHeightReport(root: RefObject<HTMLElement | null>, session: DepositSession | null): void {
  useEffect(() => {
    const element = root.current;
    if (!element || !session) return;
    let lastPx = 0;
    const observer = new ResizeObserver(() => {
      const heightPx = Math.ceil(element.getBoundingClientRect().height);
      if (heightPx === lastPx || heightPx <= 0) return;
      lastPx = heightPx;
      session.parent.post({ type: "height", heightPx });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [root, session]);
}

function sayTitle(state: DepositState): string {
  const name = "Dépôt des bases BCDI";
  if (state.screen.kind === "refused") return `Accès impossible – ${name}`;
  if (state.screen.kind === "receipt") return `Dépôt terminé – ${name}`;
  if (state.screen.kind === "opening" || state.items.length === 0) return name;
  const { sentBytes, sizeBytes } = sumItems(state.items);
  if (state.items.some((item) => item.phase === "rejected" || item.phase === "stopped")) {
    return `Action attendue – ${name}`;
  }
  if (state.items.some((item) => item.phase === "waiting")) return `Envoi interrompu – ${name}`;
  if (isBusy(state)) return `${formatPercent(sizeBytes === 0 ? 0 : sentBytes / sizeBytes)} – ${name}`;
  return name;
}

/** Keeps the state in the page's title. */
export function useTitle(state: DepositState): void {
  const title = sayTitle(state);
  useEffect(() => {
    document.title = title;
  }, [title]);
}

/** Reads the deposit again now and then while somebody else may change it: another computer, or the checks. */
export function useRefresh(state: DepositState, session: DepositSession | null): void {
  const isWatching =
    (state.screen.kind === "form" && state.items.some((item) => item.phase === "absent")) ||
    (state.screen.kind === "receipt" && state.items.some((item) => item.sha256 === null));
  useEffect(() => {
    if (!isWatching || !session) return;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") session.refresh();
    }, REFRESH_EVERY_MS);
    return () => clearInterval(timer);
  }, [isWatching, session]);
}
