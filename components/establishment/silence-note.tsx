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

/** The host answered, but will not tell of this school: its own words. */
export function RefusalNote({ detail }: { detail: string }) {
  return (
    <Alert tone="danger" title="L’hébergeur ne donne pas l’état de cet établissement">
      <p>{detail} La librairie doit vérifier cet établissement avec l’hébergeur.</p>
    </Alert>
  );
}
