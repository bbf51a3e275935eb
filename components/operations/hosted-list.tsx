import { ChevronLeft, ChevronRight, Search } from "lucide-react";
import { StateBadge } from "#components/establishment/state-badge.tsx";
import { STATE_LOOKS } from "#components/establishment/state-looks.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Input, Select } from "#components/ui/input.tsx";
import { STATES, type State } from "#contract/states.ts";

export interface HostedListProps {
  readonly search: string;
  readonly state: State | null;
  readonly counts: Readonly<Partial<Record<State, number>>>;
  readonly total: number;
  readonly page: number;
  readonly pageCount: number;
  readonly rows: readonly {
    readonly rne: string;
    readonly griffe: string;
    readonly state: State;
    readonly since: string;
    readonly openIncidents: number;
  }[];
}

const COUNT = new Intl.NumberFormat("fr-FR");

export function HostedList(props: HostedListProps) {
  const { total, page, pageCount, rows } = props;
  const pages = pageCount > 1 ? `, page ${page} sur ${pageCount}` : "";
  return (
    <div className="flex flex-col gap-4">
      <HostedSearch {...props} />
      <p role="status" className="text-sm text-muted-foreground">
        {total === 0
          ? "Aucun établissement"
          : `${COUNT.format(total)} établissement${total > 1 ? "s" : ""}${pages}`}
      </p>
      {rows.length === 0 ? (
        <Card className="flex flex-col items-center gap-3 px-6 py-10 text-center">
          <p className="font-medium">Rien ne correspond à cette recherche</p>
          <a href="/hebergeur/etablissements" className={buttonClass({ variant: "outline" })}>
            Tout afficher
          </a>
        </Card>
      ) : (
        <Card>
          <ul className="divide-y text-sm">
            {rows.map((row) => (
              <li
                key={row.rne}
                className="relative grid gap-x-4 gap-y-1 px-4 py-2.5 hover:bg-muted/50 md:grid-cols-[6rem_minmax(0,1fr)_minmax(0,16rem)_14rem] md:items-center"
              >
                <a
                  href={`/hebergeur/etablissements/${row.rne}`}
                  className="font-mono font-medium after:absolute after:inset-0 hover:underline"
                >
                  {row.rne}
                </a>
                <span className="wrap-anywhere">{row.griffe}</span>
                <span className="flex flex-wrap gap-1.5">
                  <StateBadge state={row.state} />
                  {row.openIncidents > 0 ? <Badge tone="danger">Incident ouvert</Badge> : null}
                </span>
                <span className="text-muted-foreground">{row.since}</span>
              </li>
            ))}
          </ul>
        </Card>
      )}
      <HostedPages {...props} />
    </div>
  );
}

function HostedSearch({ search, state, counts }: HostedListProps) {
  const everything = STATES.reduce((sum: number, each) => sum + (counts[each] ?? 0), 0);
  return (
    <search>
      <form action="/hebergeur/etablissements" className="flex flex-wrap gap-2">
        <Input
          type="search"
          name="q"
          defaultValue={search}
          aria-label="Rechercher un établissement"
          placeholder="RNE ou griffe"
          className="sm:max-w-xs"
        />
        <Select name="etat" defaultValue={state ?? ""} aria-label="Filtrer par état" className="sm:max-w-72">
          <option value="">Tous les états ({COUNT.format(everything)})</option>
          {STATES.map((each) => (
            <option key={each} value={each}>
              {STATE_LOOKS[each].label} ({COUNT.format(counts[each] ?? 0)})
            </option>
          ))}
        </Select>
        <Button type="submit" variant="outline">
          <Search aria-hidden="true" />
          Rechercher
        </Button>
      </form>
    </search>
  );
}

function HostedPages({ search, state, page, pageCount }: HostedListProps) {
  if (pageCount <= 1) return null;
  const look = buttonClass({ variant: "outline", size: "sm" });
  const address = (to: number) =>
    `/hebergeur/etablissements?${new URLSearchParams({ ...(search ? { q: search } : {}), ...(state ? { etat: state } : {}), page: String(to) })}`;
  return (
    <nav aria-label="Pages" className="flex items-center justify-between gap-3">
      {page > 1 ? (
        <a rel="prev" className={look} href={address(page - 1)}>
          <ChevronLeft aria-hidden="true" />
          Précédents
        </a>
      ) : (
        <span />
      )}
      {page < pageCount ? (
        <a rel="next" className={look} href={address(page + 1)}>
          Suivants
          <ChevronRight aria-hidden="true" />
        </a>
      ) : (
        <span />
      )}
    </nav>
  );
}
