import { expect, test } from "vitest";
import { sortDropped } from "./sort-dropped.ts";

function dropped(path: string): File {
  return Object.defineProperty(new File(["x"], path.split("/").at(-1) ?? ""), "path", { value: path });
}

test("files stay files", () => {
  const sorted = sortDropped([dropped("./data.zip"), dropped("./notes.txt")]);
  expect(sorted.files.map((file) => file.name)).toEqual(["data.zip", "notes.txt"]);
  expect(sorted.bases).toEqual([]);
});

test("each folder with a NOTICES.DAT is a base, wherever it lies in what was dropped", () => {
  const paths = [
    "/BCDI/data/NOTICES.DAT",
    "/BCDI/data/idx/a.idx",
    "/BCDI/travperso/notices.dat",
    "/BCDI/bcdi.exe",
  ];
  const sorted = sortDropped(paths.map(dropped));
  expect(sorted.bases.map((base) => [base.name, base.files.map((file) => file.path)])).toEqual([
    ["data", ["data/NOTICES.DAT", "data/idx/a.idx"]],
    ["travperso", ["travperso/notices.dat"]],
  ]);
  expect(sorted.useless).toEqual([]);
});

test("the zips of a folder of backups are taken one by one", () => {
  const sorted = sortDropped([dropped("/Sauvegardes/data.zip"), dropped("/Sauvegardes/lisezmoi.txt")]);
  expect(sorted.files.map((file) => file.name)).toEqual(["data.zip"]);
});

test("a folder with nothing to take is told", () => {
  expect(sortDropped([dropped("/Photos/a.jpg")])).toEqual({ files: [], bases: [], useless: ["Photos"] });
});
