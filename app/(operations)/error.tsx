"use client";

import { Button } from "#components/ui/button.tsx";

export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-3 py-16 text-center" role="alert">
      <h1 className="text-2xl font-semibold tracking-tight">Un incident empêche d’afficher cette page</h1>
      <p className="text-muted-foreground">
        Les travaux en cours ne sont pas touchés. Réessayez dans un instant{"\u202f"}; si cela continue,
        consultez le journal du serveur.
      </p>
      {error.digest ? (
        <p className="text-sm text-muted-foreground">
          Référence{"\u202f"}: <span className="font-mono">{error.digest}</span>
        </p>
      ) : null}
      <Button onClick={reset}>Réessayer</Button>
    </div>
  );
}
