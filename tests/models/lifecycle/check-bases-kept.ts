import { expect } from "vitest";
import { findMounted, findUploaded, isArchiveOf, listArchived } from "./find-bytes.ts";
import type { Observation } from "./observe.ts";
import type { School } from "./school.ts";
import { type FileStand, isHalf, type Stand } from "./stand.ts";

const HOLDS_BASES = ["BCDIDBUPLOADEDRIGHT", "BCDIREADY"];

/** Every file that was received whole is somewhere, with its own bytes. */
export async function checkBasesKept(school: School, stand: Stand, { view }: Observation): Promise<void> {
  const whole = stand.files.filter((file) => !isHalf(file));
  const archived = await listArchived(school, stand.cycle);
  // Unless its archives are written, nothing of an establishment may be taken away.
  const isHeld = archived === null && holdsBases(stand);
  for (const file of whole) {
    const isMounted = await findMounted(school, file);
    if (isHeld && file.statuses.includes("mounted"))
      expect(isMounted, `${file.fileName} is on the server in ${stand.state}`).toBe(true);
    const isKept =
      isMounted || (await findUploaded(school, file)) || (await isArchived(file, archived ?? []));
    expect(isKept, `${file.fileName} is still somewhere in ${stand.state}`).toBe(true);
  }
  if (stand.state === "BCDIDELETED") await checkDownloads(school, whole, view.downloads);
}

/** In a deletion, as the state that it came from. */
function holdsBases({ state, deleteFrom, alterFrom }: Stand): boolean {
  const from = state === "BCDIDELETE" ? deleteFrom : state;
  return HOLDS_BASES.includes((from === "BCDIALTER" ? alterFrom : from) ?? "");
}

async function isArchived(file: FileStand, archives: readonly Buffer[]): Promise<boolean> {
  return (await countArchives(file, archives)) > 0;
}

async function countArchives(file: FileStand, archives: readonly Buffer[]): Promise<number> {
  const answers = await Promise.all(archives.map((archive) => isArchiveOf(file, archive)));
  return answers.filter(Boolean).length;
}

/** Each file is given back once: as it came, or as the base that was made of it. */
async function checkDownloads(
  { world }: School,
  files: readonly FileStand[],
  downloads: Observation["view"]["downloads"],
): Promise<void> {
  const given = await Promise.all(downloads.map(({ url }) => world.downloads.fetch(url)));
  for (const file of files)
    expect(await countArchives(file, given), `${file.fileName} can be taken home, once`).toBe(1);
}
