/** What the address's fragment gives: an establishment and one credential, a key or an upload token. */
export type Invitation = { rne: string; credential: string; parentOrigin: string | null };

/** Reads `#rne=…&key=…` or `#rne=…&token=…`, with an optional `&parent=https://origin`; null when it lacks something. */
export function findInvitation(fragment: string): Invitation | null {
  const fields = new URLSearchParams(fragment.replace(/^#/, ""));
  const rne = (fields.get("rne") ?? "").trim().toUpperCase();
  const credential = fields.get("token") || fields.get("key") || "";
  if (!/^\d{7}[A-Z]$/.test(rne) || credential === "") return null;
  return { rne, credential, parentOrigin: findOrigin(fields.get("parent")) };
}

/** The origin of an address; null when it has none that a message could be posted to. */
export function findOrigin(address: string | null | undefined): string | null {
  if (!address || !URL.canParse(address)) return null;
  const { origin } = new URL(address);
  return origin === "null" ? null : origin;
}

/** Takes the invitation out of the address, so that neither history nor a screenshot keeps it. */
export function takeInvitation(): Invitation | null {
  const invitation = findInvitation(window.location.hash);
  if (window.location.hash !== "") {
    window.history.replaceState(null, "", window.location.pathname + window.location.search);
  }
  return invitation;
}
