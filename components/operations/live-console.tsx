"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Alert } from "#components/ui/alert.tsx";
import { fr } from "#components/ui/french.ts";

const POLL_MS = 5_000;

/** Keeps the page up to date while it is being looked at, and says so when it no longer can. */
export function LiveConsole({ shownAt }: { shownAt: string }) {
  const router = useRouter();
  const [isSilent, setIsSilent] = useState(false);
  useEffect(() => {
    let isAsking = false;
    const controller = new AbortController();
    const refresh = async () => {
      if (isAsking || document.visibilityState !== "visible") return;
      isAsking = true;
      const isThere = await answers(controller.signal);
      isAsking = false;
      if (controller.signal.aborted) return;
      setIsSilent(!isThere);
      // Asked of a server that is away, a refresh would leave this page for the browser's own error.
      if (isThere) router.refresh();
    };
    const timer = setInterval(refresh, POLL_MS);
    document.addEventListener("visibilitychange", refresh);
    return () => {
      controller.abort();
      clearInterval(timer);
      document.removeEventListener("visibilitychange", refresh);
    };
  }, [router]);
  if (!isSilent) return null;
  return (
    <Alert tone="warning" role="status" title="La console n’arrive plus à se mettre à jour">
      <p>{fr(`Ce qui est affiché date du ${shownAt}. Elle réessaie toutes les cinq secondes.`)}</p>
    </Alert>
  );
}

/** True where the server answers at all: signed out, the page itself leads to the sign-in. */
async function answers(signal: AbortSignal): Promise<boolean> {
  try {
    const response = await fetch("/hebergeur/presence", { cache: "no-store", signal });
    return response.status < 500;
  } catch {
    return false;
  }
}
