"use client";

import { useRef } from "react";
import { DepositForm } from "./deposit-form.tsx";
import { Opening } from "./opening.tsx";
import { Receipt } from "./receipt.tsx";
import { Refusal } from "./refusal.tsx";
import { useAnnouncements } from "./use-announcements.ts";
import { useDeposit } from "./use-deposit.ts";
import { useHeightReport, useRefresh, useTitle } from "./use-page-signals.ts";

/** The deposit page, whole. It keeps nothing in the browser: no cookie, no storage. */
export function DepositApp() {
  const { session, state } = useDeposit();
  const root = useRef<HTMLDivElement>(null);
  useHeightReport(root, session);
  useTitle(state);
  useRefresh(state, session);
  const announcement = useAnnouncements(state);

  return (
    <div ref={root} className="flow-root">
      <main className="mx-auto flex max-w-3xl flex-col gap-4 p-3 sm:gap-5 sm:p-6">
        {state.screen.kind === "opening" ? <Opening wait={state.screen.wait} /> : null}
        {state.screen.kind === "refused" ? <Refusal screen={state.screen} rne={state.rne} /> : null}
        {state.screen.kind === "receipt" ? <Receipt state={state} /> : null}
        {state.screen.kind === "form" && session ? <DepositForm state={state} session={session} /> : null}
      </main>
      <div aria-live="polite" className="sr-only">
        {announcement}
      </div>
    </div>
  );
}
