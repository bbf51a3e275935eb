import { Alert } from "#components/ui/alert.tsx";

/** Above what is shown while the host does not answer: it may be old, and since when. */
export function SilenceNote({ since, readAt }: { since: string; readAt: string | null }) {
  return (
    <Alert tone="warning" title="L’hébergeur ne répond pas pour le moment" role="status">
      <p>
        Depuis le {since}.{" "}
        {readAt
          ? `Voici le dernier état connu, lu le ${readAt}. Cette page se mettra à jour d’elle-même.`
          : "Cette page se mettra à jour d’elle-même."}
      </p>
    </Alert>
  );
}
