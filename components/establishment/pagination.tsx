import { ChevronLeft, ChevronRight } from "lucide-react";
import { buttonClass } from "#components/ui/button.tsx";
import type { State } from "#contract/states.ts";
import { listAddress } from "./list-address.ts";

export function Pagination({
  search,
  state,
  page,
  pageCount,
}: {
  search: string;
  state: State | null;
  page: number;
  pageCount: number;
}) {
  if (pageCount <= 1) return null;
  const look = buttonClass({ variant: "outline", size: "sm" });
  return (
    <nav aria-label="Pages" className="flex items-center justify-between gap-3">
      {page > 1 ? (
        <a rel="prev" className={look} href={listAddress({ search, state, page: page - 1 })}>
          <ChevronLeft aria-hidden="true" />
          Précédents
        </a>
      ) : (
        <span />
      )}
      <span className="text-sm text-muted-foreground">
        Page {page} sur {pageCount}
      </span>
      {page < pageCount ? (
        <a rel="next" className={look} href={listAddress({ search, state, page: page + 1 })}>
          Suivants
          <ChevronRight aria-hidden="true" />
        </a>
      ) : (
        <span />
      )}
    </nav>
  );
}
