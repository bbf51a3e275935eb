import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { findSignedIn } from "#accounts/guards.ts";
import { SiteHeader } from "#components/account/site-header.tsx";
import "#app/globals.css";

export const dynamic = "force-dynamic";

export const metadata: Metadata = {
  title: { default: "Console de l’hébergeur", template: "%s · Console de l’hébergeur" },
  description: "L’exploitation de l’hébergement BCDI.",
  robots: { index: false, follow: false },
  referrer: "same-origin",
};

export const viewport: Viewport = { width: "device-width", initialScale: 1, colorScheme: "light dark" };

export default async function OperationsLayout({ children }: { children: ReactNode }) {
  const identity = await findSignedIn();
  return (
    <html lang="fr">
      <body className="flex min-h-dvh flex-col">
        <a
          href="#contenu"
          className="sr-only rounded-b-lg bg-primary px-4 py-2 text-primary-foreground focus:not-sr-only focus:absolute focus:left-4 focus:z-10"
        >
          Aller au contenu
        </a>
        <SiteHeader email={identity?.email ?? null} home="/hebergeur" />
        <main id="contenu" className="mx-auto w-full max-w-6xl flex-1 px-4 py-4 sm:px-6 sm:py-5">
          {children}
        </main>
      </body>
    </html>
  );
}
