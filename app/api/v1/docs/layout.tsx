import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import "#app/globals.css";

export const dynamic = "force-dynamic";

export const metadata: Metadata = {
  title: "API d’hébergement BCDI",
  description: "La description de l’API d’hébergement BCDI, pour les développeurs.",
  referrer: "same-origin",
};

export const viewport: Viewport = { width: "device-width", initialScale: 1, colorScheme: "light dark" };

/** A root layout of its own: the page belongs to the host and shares nothing with the back-office. */
export default function ApiDocumentLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="fr">
      <body className="min-h-dvh">
        <main className="mx-auto w-full max-w-4xl space-y-10 px-4 py-8 sm:px-6">{children}</main>
      </body>
    </html>
  );
}
