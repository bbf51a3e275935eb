"use client";

import { LoaderCircle } from "lucide-react";
import { useCallback, useEffect, useRef, useState } from "react";
import { Alert } from "#components/ui/alert.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmbedMessageSchema } from "#contract/embed-messages.ts";

export type OpenDeposit = () => Promise<{ ok: true; embedUrl: string } | { ok: false; message: string }>;

const FIRST_HEIGHT_PX = 560;

/** The host's deposit page, framed: opened by a short-lived token made on the server. */
export function DepositFrame({
  openDeposit,
  onCompleted,
}: {
  openDeposit: OpenDeposit;
  onCompleted: () => Promise<void>;
}) {
  const [address, setAddress] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const open = useCallback(async () => {
    setProblem(null);
    try {
      const opened = await openDeposit();
      if (opened.ok) setAddress(opened.embedUrl);
      else setProblem(opened.message);
    } catch {
      setProblem("La page de dépôt n’a pas pu s’ouvrir. Vérifiez votre connexion à internet.");
    }
  }, [openDeposit]);
  const isOpened = useRef(false);
  useEffect(() => {
    if (isOpened.current) return;
    isOpened.current = true;
    void open();
  }, [open]);
  if (address) return <Frame address={address} onCompleted={onCompleted} />;
  if (problem) {
    return (
      <Alert
        tone="danger"
        role="alert"
        title="Le dépôt n’est pas accessible"
        actions={
          <Button size="sm" variant="outline" onClick={open}>
            Réessayer
          </Button>
        }
      >
        {problem}
      </Alert>
    );
  }
  return (
    <p className="flex min-h-40 items-center justify-center gap-3 text-muted-foreground">
      <LoaderCircle aria-hidden="true" className="size-5 animate-spin" />
      Ouverture de la page de dépôt…
    </p>
  );
}

function Frame({ address, onCompleted }: { address: string; onCompleted: () => Promise<void> }) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [heightPx, setHeightPx] = useState(FIRST_HEIGHT_PX);
  useEffect(() => {
    const { origin } = new URL(address);
    const listen = (event: MessageEvent<unknown>) => {
      if (event.origin !== origin || event.source !== frame.current?.contentWindow) return;
      const message = EmbedMessageSchema.safeParse(event.data);
      if (!message.success) return;
      if (message.data.type === "height") setHeightPx(message.data.heightPx);
      if (message.data.type === "completed") void onCompleted();
    };
    window.addEventListener("message", listen);
    return () => window.removeEventListener("message", listen);
  }, [address, onCompleted]);
  return (
    <iframe
      ref={frame}
      src={address}
      title="Dépôt des bases BCDI"
      sandbox="allow-scripts allow-same-origin allow-forms allow-downloads"
      referrerPolicy="no-referrer"
      height={heightPx}
      className="block w-full border-0"
    />
  );
}
