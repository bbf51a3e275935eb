import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { requireAccessTo } from "#accounts/guards.ts";
import { EstablishmentAside } from "#components/establishment/establishment-aside.tsx";
import { EstablishmentHeader } from "#components/establishment/establishment-header.tsx";
import { EstablishmentProgress } from "#components/establishment/establishment-progress.tsx";
import { LiveRefresh } from "#components/establishment/live-refresh.tsx";
import { NotReadYet } from "#components/establishment/not-read-yet.tsx";
import { RefusalNote, SilenceNote } from "#components/establishment/silence-note.tsx";
import { STATE_LOOKS } from "#components/establishment/state-looks.ts";
import { cyberProcess } from "#cyber/context.ts";
import { findSubscription } from "#cyber/establishment/find-subscription.ts";
import { pageVersionOf } from "#cyber/establishment/page-version.ts";
import { createWording } from "#cyber/wording/wording.ts";
import { bindActions } from "./bind-actions.ts";
import { StaffPart } from "./staff-part.tsx";

type Props = { params: Promise<{ rne: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { rne } = await params;
  await requireAccessTo(rne);
  const subscription = await findSubscription(cyberProcess.get(), rne);
  const state = subscription?.view?.state;
  return { title: state ? `${STATE_LOOKS[state].label} · ${subscription.name}` : rne };
}

export default async function EstablishmentPage({ params }: Props) {
  const { rne } = await params;
  const identity = await requireAccessTo(rne);
  const ctx = cyberProcess.get();
  const subscription = await findSubscription(ctx, rne);
  if (!subscription) notFound();
  const { name, view, readAt, unavailableSince, contacts, isLate, pendingChange } = subscription;
  const now = ctx.clock.now();
  const wording = createWording(rne, { now, isLate });
  const say = (instant: Date | null) => (instant ? wording.instant(instant.toISOString()) : null);
  const since = say(unavailableSince);
  const actions = bindActions(rne);
  return (
    <div className="flex flex-col gap-5">
      <LiveRefresh rne={rne} version={pageVersionOf(subscription, now)} />
      <EstablishmentHeader name={name} rne={rne} hasList={identity.isStaff || identity.rnes.length > 1} />
      {since ? <SilenceNote since={since} readAt={say(readAt)} /> : null}
      {!since && subscription.lastError ? <RefusalNote detail={subscription.lastError} /> : null}
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_19rem] [&>*]:min-w-0">
        {view ? (
          <EstablishmentProgress {...{ name, view, pendingChange, wording, actions }} />
        ) : (
          <NotReadYet />
        )}
        <EstablishmentAside
          rne={rne}
          licence={subscription}
          contacts={contacts}
          history={view?.history ?? []}
          wording={wording}
        />
      </div>
      {identity.isStaff ? (
        <StaffPart rne={rne} contacts={contacts.map(({ email }) => email)} readAt={say(readAt)} />
      ) : null}
    </div>
  );
}
