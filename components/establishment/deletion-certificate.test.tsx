import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { EstablishmentView } from "#contract/establishment.ts";
import { DeletionCertificate } from "./deletion-certificate.tsx";

const NOW = new Date("2026-12-24T10:00:00.000Z");
const DATA_SHA256 = "d".repeat(64);
const OTHER_SHA256 = "0".repeat(64);

const WORDING = {
  instant: (iso: string) => `[${iso}]`,
  relative: (iso: string) => iso,
  size: (sizeBytes: number) => `${sizeBytes}\u00a0octets`,
  estimate: () => ({ text: "", isLate: false }),
};

const GIVEN_BACK = [
  { baseName: "data", sizeBytes: 12, sha256: DATA_SHA256 },
  { baseName: null, sizeBytes: 7, sha256: OTHER_SHA256 },
];

function viewOf(change: Partial<EstablishmentView>): EstablishmentView {
  return {
    ...{ rne: "0350024L", griffe: "LYCEE EMILE ZOLA", code: "ABCDEFGH", version: "CL" },
    ...{ state: "BCDIDELETED", stateCode: "8", since: "2026-11-23T10:00:00.000Z", actor: "establishment" },
    ...{ nextStep: null, history: [], bases: [], connection: null, downloads: [], problem: null },
    ...change,
  };
}

/** What one reads of a certificate. */
function read(view: EstablishmentView, givenBack = GIVEN_BACK): string {
  const certificate = (
    <DeletionCertificate {...{ name: "Lycée Émile Zola", view, givenBack, now: NOW, wording: WORDING }} />
  );
  return renderToStaticMarkup(certificate)
    .replace(/<br\/>/g, " ")
    .replace(/<[^>]*>/g, "");
}

const download = (fileName: string, sha256: string, expiresAt: string) => ({
  ...{ fileName, size: 12, sha256, expiresAt, url: "https://host.test/x" },
});

test("while copies can be downloaded it says which, how large, until when and with what digest", () => {
  const expiresAt = "2026-12-25T10:00:00.000Z";
  const text = read(viewOf({ downloads: [download("data.zip", DATA_SHA256, expiresAt)] }));
  expect(text).toContain(
    "L’hébergement BCDI de l’établissement Lycée Émile Zola (RNE 0350024L, griffe LYCEE EMILE ZOLA) a été supprimé le [2026-11-23T10:00:00.000Z].",
  );
  expect(text).toContain(`data.zip, 12\u00a0octets, jusqu’au [${expiresAt}] ${DATA_SHA256}`);
  expect(text).not.toContain("effacées");
});

test("once the host has forgotten the licence it leaves it out, and still says what was given back", () => {
  const text = read(viewOf({ griffe: "", code: "" }));
  expect(text).toContain("Lycée Émile Zola (RNE 0350024L) a été supprimé le");
  expect(text).not.toContain("griffe");
  expect(text).toContain("Les copies remises à l’établissement ont été effacées à leur tour.");
  expect(text).toContain(`base data, 12\u00a0octets ${DATA_SHA256}`);
  expect(text).toContain(`fichier reçu, qui n’a pas été monté, 7\u00a0octets ${OTHER_SHA256}`);
});

test("copies past their date are not promised, though nobody has read the host since", () => {
  const expired = [download("data.zip", DATA_SHA256, "2026-12-24T09:59:59.000Z")];
  const text = read(viewOf({ downloads: expired }));
  expect(text).not.toContain("data.zip");
  expect(text).toContain("ont été effacées à leur tour");
});

test("where nothing was given back it speaks of no digest", () => {
  expect(read(viewOf({}), [])).not.toContain("SHA-256");
});
