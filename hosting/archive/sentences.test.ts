import { describe, expect, test } from "vitest";
import { BASE_PROBLEM_CODES, type BaseProblemCode } from "#contract/problem.ts";
import { rejectionProblem } from "#hosting/deposit/rejection.ts";
import { buildZip, type FixtureEntry, NOTICES, unixMode } from "#tests/archives/build-zip.ts";
import { tryArchive } from "#tests/hosting/try-archive.ts";
import type { CheckArchiveOptions } from "./check.ts";
import { ArchiveRejected } from "./rejected.ts";

const MIB = 1024 * 1024;
const GOOD = buildZip([NOTICES]);
const withEntry = (entry: FixtureEntry) => buildZip([NOTICES, entry]);
const file = (fields: Partial<FixtureEntry>) => withEntry({ name: "data/A.DAT", content: "abc", ...fields });

function splitArchive(): Buffer {
  const bytes = Buffer.from(GOOD);
  bytes.writeUInt16LE(1, bytes.length - 18);
  return bytes;
}

/** Sentence, bytes, and what the check is asked besides. */
type Case = [sentence: string, bytes: Buffer, options?: Partial<CheckArchiveOptions>];

// What the school reads, to the letter; `duplicate_base` compares two files and is tried with the deposit.
const CASES: Record<Exclude<BaseProblemCode, "duplicate_base">, Case[]> = {
  not_an_archive: [
    ["Le fichier est vide.", Buffer.alloc(0)],
    ["Le fichier n’est pas une archive ZIP.", Buffer.from("Bonjour, voici la base.")],
    [
      "Le fichier est une archive RAR : refaites l’archive de la base au format ZIP.",
      Buffer.from("Rar!\x1a\x07\x00 and then some more bytes"),
    ],
    [
      "Le fichier est une archive 7-Zip : refaites l’archive de la base au format ZIP.",
      Buffer.from("7z\xbc\xaf\x27\x1c and then some more bytes", "latin1"),
    ],
    [
      "Des données étrangères précèdent l’archive : refaites l’archive de la base au format ZIP.",
      buildZip([NOTICES], { prefix: Buffer.from("MZ program"), offsetShift: 10 }),
    ],
    [
      "Des données étrangères suivent l’archive : refaites l’archive de la base au format ZIP.",
      buildZip([NOTICES], { trailer: Buffer.from("more") }),
    ],
    [
      "Le fichier contient deux fins d’archive : refaites l’archive de la base.",
      buildZip([NOTICES], { comment: GOOD.subarray(-22) }),
    ],
    [
      "La table des matières de l’archive est abîmée : refaites l’archive de la base.",
      buildZip([NOTICES], { entryCount: 2 }),
    ],
    [
      "L’archive emploie une méthode de compression que nous ne savons pas lire (fichier « data/A.DAT ») : refaites-la au format ZIP ordinaire.",
      file({ method: 12 }),
    ],
    [
      "L’archive est compressée par la méthode Deflate64, que nous ne savons pas lire : l’Explorateur de Windows l’emploie au-delà de 2\u00a0Go. Refaites l’archive avec 7-Zip (format zip, méthode Deflate).",
      file({ method: 9 }),
    ],
  ],
  truncated: [
    [
      "Le fichier est incomplet : la fin de l’archive manque. Refaites l’archive, ou copiez-la de nouveau, puis déposez-la.",
      GOOD.subarray(0, 100),
    ],
    ["L’archive est découpée en plusieurs volumes : déposez une archive d’un seul tenant.", splitArchive()],
    [
      "Le fichier est incomplet : le contenu de « data/A.DAT » manque. Copiez l’archive de nouveau, puis déposez-la.",
      file({ compressedBytes: MIB }),
    ],
  ],
  encrypted: [
    ["L’archive est protégée par un mot de passe : refaites-la sans mot de passe.", file({ flags: 1 })],
  ],
  crc_mismatch: [
    [
      "Le contenu de « data/A.DAT » est abîmé dans l’archive : refaites l’archive de la base.",
      file({ crc32: 1 }),
    ],
  ],
  sha256_mismatch: [
    [
      "Le fichier reçu n’est pas identique à celui que vous avez envoyé : déposez-le de nouveau.",
      GOOD,
      { expectedSha256: "0".repeat(64) },
    ],
  ],
  unsafe_entry: [
    [
      "L’archive contient un nom de fichier que nous ne pouvons pas accepter : « ../A.DAT » (chemin relatif).",
      withEntry({ name: "../A.DAT" }),
    ],
    [
      "L’archive contient un lien ou un fichier spécial : « data/A.DAT ». Une base ne contient que des fichiers et des dossiers.",
      file({ externalAttributes: unixMode(0o120777) }),
    ],
    ["L’archive contient un dossier qui porte des données : « data/A/ ».", file({ name: "data/A/" })],
    [
      "L’archive contient deux fois le même nom : « data/NOTICES.DAT » et « data/notices.dat ».",
      file({ name: "data/notices.dat" }),
    ],
    [
      "L’archive donne deux noms différents au même fichier : « data/A.DAT ».",
      file({ local: { name: "data/B.DAT" } }),
    ],
  ],
  archive_bomb: [
    [
      "L’archive contient trop de fichiers (plus de 20 000) pour être une base BCDI.",
      buildZip(Array.from({ length: 20_001 }, (_, index) => ({ name: `data/${index}`, method: 0 }))),
    ],
    ["L’archive annonce pour « data/A.DAT » une taille démesurée.", file({ sizeBytes: 1_000 * MIB })],
    [
      "L’archive annonce un contenu démesuré, que ne peut pas avoir une base BCDI.",
      GOOD,
      { limits: { maxTotalBytes: 1 } },
    ],
    [
      "L’archive est construite de façon anormale : le contenu de « data/NOTICES.DAT » empiète sur un autre.",
      buildZip([{ ...NOTICES, compressedBytes: GOOD.indexOf("PK\x01\x02") - 30 }]),
    ],
    [
      "Le contenu de « data/A.DAT » est plus grand que la taille annoncée par l’archive.",
      file({ sizeBytes: 2 }),
    ],
  ],
  not_a_bcdi_base: [
    [
      "Aucune base BCDI dans cette archive : aucun de ses dossiers ne contient le fichier NOTICES.DAT.",
      buildZip([{ name: "data/EXEMPL.DAT" }]),
    ],
    [
      "L’archive contient plusieurs bases (« data », « manuels ») : déposez une archive par base.",
      withEntry({ name: "manuels/NOTICES.DAT" }),
    ],
  ],
};

const ENGLISH = /\b(the|file|archive is|entry|error|invalid|not|bytes|failed|checksum|mismatch|directory)\b/i;

describe("what a school reads of a refused file", () => {
  for (const [code, cases] of Object.entries(CASES)) {
    test.each(cases)(`${code}: %s`, async (sentence, bytes, options = {}) => {
      const outcome = await tryArchive(bytes, options);
      expect(outcome.code).toBe(code);
      expect(outcome.detail).toBe(withFrenchSpaces(sentence));
      expectPlainFrench(outcome.detail);
      expect(outcome.left).toEqual([]);
    });
  }
});

test.each(BASE_PROBLEM_CODES)("%s has a title and names the file, in plain French", (code) => {
  const rejected = new ArchiveRejected(code, "Une phrase.", "bytes of an entry");
  const { title, detail } = rejectionProblem({ fileName: "sauvegarde.zip" }, rejected);
  expect(detail).toBe("sauvegarde.zip\u202f: Une phrase.");
  expect(title).toMatch(/^(La|Le|Ce|Cette) \p{L}/u);
  expectPlainFrench(title);
});

function expectPlainFrench(text: string): void {
  expect(text).not.toMatch(ENGLISH);
  for (const code of BASE_PROBLEM_CODES) expect(text).not.toContain(code);
}

/** The spaces that French sets before and between, which a reader of this file could not tell apart. */
function withFrenchSpaces(sentence: string): string {
  return sentence.replace(/ (?=[:»])|(?<=«) |(?<=\d) (?=\d)/g, "\u202f");
}
