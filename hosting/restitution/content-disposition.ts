/**
 * A file to save, and its name: RFC 6266, 4.1 and appendix D. Who does not know `filename*` finds an approximation in
 * `filename`, in ASCII and without what some read as an escape.
 */
export function attachment(fileName: string): string {
  const plain = fileName
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^ -~]|["\\%]/gu, "_");
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeExtended(fileName)}`;
}

/** RFC 8187, 3.2.1: of what encodeURIComponent lets through, these four are not `attr-char`. */
function encodeExtended(value: string): string {
  return encodeURIComponent(value).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
