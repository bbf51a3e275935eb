import { Alert } from "#components/ui/alert.tsx";

export function NotReadYet() {
  return (
    <Alert tone="info" title="L’état de l’hébergement n’est pas encore connu">
      Il sera affiché ici dès que l’hébergeur aura répondu.
    </Alert>
  );
}
