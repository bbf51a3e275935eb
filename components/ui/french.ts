const NARROW_SPACE = "\u202f";

/** Puts the narrow no-break spaces that French wants around its high punctuation, and typographic apostrophes. */
export function fr(text: string): string {
  return text
    .replace(/ ([:;?!»%])/g, `${NARROW_SPACE}$1`)
    .replace(/« /g, `«${NARROW_SPACE}`)
    .replaceAll("'", "’");
}
