import { Plus, Search, SearchX } from "lucide-react";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Input } from "#components/ui/input.tsx";
import type { State } from "#contract/states.ts";
import { EstablishmentTable, type ListedEstablishment } from "./establishment-table.tsx";
import { Pagination } from "./pagination.tsx";
import { StateFilter } from "./state-filter.tsx";

export interface EstablishmentListProps {
  readonly search: string;
  readonly state: State | null;
  readonly canCreate: boolean;
  readonly list: {
    readonly rows: readonly ListedEstablishment[];
    readonly counts: Readonly<Record<State, number>>;
    readonly total: number;
    readonly page: number;
    readonly pageCount: number;
  };
}

const COUNT = new Intl.NumberFormat("fr-FR");

export function EstablishmentList({ search, state, canCreate, list }: EstablishmentListProps) {
  const { rows, counts, total, page, pageCount } = list;
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-2xl font-semibold tracking-tight">Établissements</h1>
        {canCreate ? (
          <a href="/etablissements/nouveau" className={buttonClass()}>
            <Plus aria-hidden="true" />
            Nouvel établissement
          </a>
        ) : null}
      </div>
      <search>
        <form className="flex gap-2" action="/etablissements">
          {state ? <input type="hidden" name="etat" value={state} /> : null}
          <Input
            type="search"
            name="q"
            defaultValue={search}
            aria-label="Rechercher un établissement"
            placeholder="RNE, nom ou griffe"
            className="max-w-md"
          />
          <Button type="submit" variant="outline" aria-label="Rechercher">
            <Search aria-hidden="true" />
            <span className="max-sm:hidden">Rechercher</span>
          </Button>
        </form>
      </search>
      <StateFilter search={search} state={state} counts={counts} />
      <p role="status" className="text-sm text-muted-foreground">
        {total === 0
          ? "Aucun établissement"
          : `${COUNT.format(total)} établissement${total > 1 ? "s" : ""}${pageCount > 1 ? `, page ${page} sur ${pageCount}` : ""}`}
      </p>
      {rows.length > 0 ? (
        <Card className="overflow-hidden">
          <EstablishmentTable rows={rows} />
        </Card>
      ) : (
        <NothingFound isFiltered={search !== "" || state !== null} canCreate={canCreate} />
      )}
      <Pagination search={search} state={state} page={page} pageCount={pageCount} />
    </div>
  );
}

function NothingFound({ isFiltered, canCreate }: { isFiltered: boolean; canCreate: boolean }) {
  return (
    <Card className="flex flex-col items-center gap-3 px-6 py-12 text-center">
      <SearchX aria-hidden="true" className="size-8 text-muted-foreground" />
      <p className="font-medium">
        {isFiltered ? "Rien ne correspond à cette recherche" : "Pas encore d’établissement"}
      </p>
      <p className="max-w-sm text-sm text-muted-foreground">
        {isFiltered
          ? "Vérifiez le RNE ou le nom saisi, ou affichez tous les établissements."
          : "Créez le premier\u202f: son serveur sera installé et l’établissement prévenu par e-mail."}
      </p>
      {isFiltered ? (
        <a href="/etablissements" className={buttonClass({ variant: "outline" })}>
          Tout afficher
        </a>
      ) : canCreate ? (
        <a href="/etablissements/nouveau" className={buttonClass()}>
          Créer un établissement
        </a>
      ) : null}
    </Card>
  );
}
