import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import "#app/globals.css";

export const dynamic = "force-dynamic";

export const metadata: Metadata = {
  title: "Dépôt des bases BCDI",
  robots: { index: false, follow: false },
  referrer: "no-referrer",
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  colorScheme: "light dark",
};

/** A root layout of its own: the page is framed by other sites and shares nothing with the back-office. */
export default function EmbedLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="fr">
      <body>{children}</body>
    </html>
  );
}
