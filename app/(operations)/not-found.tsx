import { buttonClass } from "#components/ui/button.tsx";

export default function NotFound() {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-3 py-16 text-center">
      <title>Page introuvable · Hébergement BCDI</title>
      <h1 className="text-2xl font-semibold tracking-tight">Cette page n’existe pas</h1>
      <p className="text-muted-foreground">
        L’adresse est peut-être incomplète, ou cette page n’est pas ouverte à votre compte.
      </p>
      <a href="/" className={buttonClass({ variant: "outline" })}>
        Revenir à l’accueil
      </a>
    </div>
  );
}
