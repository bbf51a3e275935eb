import { ChevronLeft } from "lucide-react";

export function EstablishmentHeader({ name, rne, hasList }: { name: string; rne: string; hasList: boolean }) {
  return (
    <div className="flex flex-col gap-1">
      {hasList ? (
        <a
          href="/etablissements"
          className="inline-flex items-center gap-1 self-start rounded-md text-sm text-muted-foreground hover:text-foreground print:hidden"
        >
          <ChevronLeft aria-hidden="true" className="size-4" />
          Établissements
        </a>
      ) : null}
      <h1 className="text-2xl font-semibold tracking-tight text-balance sm:text-3xl">{name}</h1>
      <p className="text-sm text-muted-foreground">
        RNE <span className="font-mono">{rne}</span>
      </p>
    </div>
  );
}
