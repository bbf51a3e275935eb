import type { State } from "#contract/states.ts";

/** The list's address: search, filter and page are all in it. */
export function listAddress(query: { search: string; state: State | null; page?: number }): string {
  const parameters = new URLSearchParams();
  if (query.search) parameters.set("q", query.search);
  if (query.state) parameters.set("etat", query.state);
  if (query.page && query.page > 1) parameters.set("page", String(query.page));
  const text = parameters.toString();
  return text ? `/etablissements?${text}` : "/etablissements";
}
