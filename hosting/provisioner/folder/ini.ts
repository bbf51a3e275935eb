import type { Target } from "#hosting/provisioner/port.ts";

export interface IniBase {
  readonly name: string;
  readonly role: "main" | "secondary";
}

/** `bcdiserv.ini` as BCDI's server reads it: ISO-8859-1, CRLF, one section per base, the main one first. */
export function encodeIni(target: Target, port: number, bases: readonly IniBase[]): Buffer {
  const lines = [
    "[BCDISERV]",
    `ORGANISME=${target.griffe}`,
    `CODE=${target.code}`,
    `VERSION=${target.version}`,
    `PORT=${port}`,
  ];
  for (const [index, base] of bases.entries()) {
    lines.push("", `[BASE${index + 1}]`, `NOM_BASE=${base.name}`, `DONNEES=bases\\${base.name}`);
  }
  return encodeLatin1(`${lines.join("\r\n")}\r\n`);
}

const REPLACEMENTS: Record<string, string> = {
  œ: "oe",
  Œ: "OE",
  "’": "'",
  "‘": "'",
  "“": '"',
  "”": '"',
  "–": "-",
  "—": "-",
  "€": "EUR",
  "…": "...",
};

/** What ISO-8859-1 lacks is written with what it has, or as a question mark. */
function encodeLatin1(text: string): Buffer {
  const replaced = [...text.normalize("NFC")].map((character) => {
    const known = REPLACEMENTS[character];
    if (known) return known;
    return (character.codePointAt(0) ?? 0) <= 0xff ? character : "?";
  });
  return Buffer.from(replaced.join(""), "latin1");
}
