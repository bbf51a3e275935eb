"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";

const POLL_MS = 5_000;
/** Estimates are said relative to now: they are said anew now and then. */
const RESTATE_MS = 60_000;

/** Keeps the page up to date while it is being looked at, without a reload. */
export function LiveRefresh({ rne, version }: { rne: string; version: string }) {
  const router = useRouter();
  const shown = useRef(version);
  shown.current = version;
  useEffect(() => {
    let isAsking = false;
    let statedAtMs = Date.now();
    const controller = new AbortController();
    const ask = async () => {
      if (isAsking || document.visibilityState !== "visible") return;
      isAsking = true;
      const isStale = await isSomethingNew(rne, shown.current, controller.signal);
      isAsking = false;
      if (controller.signal.aborted || (!isStale && Date.now() - statedAtMs < RESTATE_MS)) return;
      statedAtMs = Date.now();
      router.refresh();
    };
    const timer = setInterval(ask, POLL_MS);
    document.addEventListener("visibilitychange", ask);
    void ask();
    return () => {
      controller.abort();
      clearInterval(timer);
      document.removeEventListener("visibilitychange", ask);
    };
  }, [rne, router]);
  return null;
}

async function isSomethingNew(rne: string, version: string, signal: AbortSignal): Promise<boolean> {
  try {
    const response = await fetch(`/api/cyber/etablissements/${rne}`, { cache: "no-store", signal });
    // Signed out meanwhile: the page itself leads to the sign-in.
    if (response.status === 401) return true;
    if (!response.ok) return false;
    const answer: unknown = await response.json();
    return typeof answer === "object" && answer !== null && "version" in answer && answer.version !== version;
  } catch {
    return false;
  }
}
