import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { requireAccessTo } from "#accounts/guards.ts";
import { DeletionCertificate } from "#components/establishment/deletion-certificate.tsx";
import { cyberProcess } from "#cyber/context.ts";
import { findSubscription } from "#cyber/establishment/find-subscription.ts";
import { createWording } from "#cyber/wording/wording.ts";

export const metadata: Metadata = { title: "Attestation de suppression" };

export default async function CertificatePage({ params }: { params: Promise<{ rne: string }> }) {
  const { rne } = await params;
  await requireAccessTo(rne);
  const ctx = cyberProcess.get();
  const subscription = await findSubscription(ctx, rne);
  if (subscription?.view?.state !== "BCDIDELETED") notFound();
  const { name, view, givenBack } = subscription;
  const now = ctx.clock.now();
  const wording = createWording(rne, { now, isLate: false });
  return <DeletionCertificate name={name} view={view} givenBack={givenBack} now={now} wording={wording} />;
}
