import { type ArchiveEntry, encryptedArchive } from "./directory.ts";
import { ArchiveRejected, quoteName } from "./rejected.ts";

const ENCRYPTED_FLAGS = 0x1 | 0x40 | 0x2000;
const AES_METHOD = 99;
const STORED = 0;
const DEFLATED = 8;
const DEFLATE64 = 9;
const TYPE_MASK = 0o170000;
const REGULAR_FILE = 0o100000;
const FOLDER = 0o040000;
const DOS_FOLDER = 0x10;

/** Refuses the entries that are not plain files or folders, stored or deflated, in clear. */
export function assertPlainEntry(entry: ArchiveEntry): void {
  if (isEncrypted(entry.flags, entry.method)) throw encryptedArchive(`encrypted entry ${entry.name}`);
  if (entry.method === DEFLATE64) {
    throw new ArchiveRejected(
      "not_an_archive",
      "L’archive est compressée par la méthode Deflate64, que nous ne savons pas lire\u202f: l’Explorateur de Windows l’emploie au-delà de 2\u00a0Go. Refaites l’archive avec 7-Zip (format zip, méthode Deflate).",
      "compression method 9 (Deflate64)",
    );
  }
  if (entry.method !== STORED && entry.method !== DEFLATED) {
    throw new ArchiveRejected(
      "not_an_archive",
      `L’archive emploie une méthode de compression que nous ne savons pas lire (fichier ${quoteName(entry.name)})\u202f: refaites-la au format ZIP ordinaire.`,
      `compression method ${entry.method}`,
    );
  }
  // Archives from systems without these bits leave them at zero.
  const type = (entry.externalAttributes >>> 16) & TYPE_MASK;
  const isPlain = type === 0 || type === REGULAR_FILE || type === FOLDER;
  if (!isPlain || (type === FOLDER && !entry.isDirectory)) {
    throw new ArchiveRejected(
      "unsafe_entry",
      `L’archive contient un lien ou un fichier spécial\u202f: ${quoteName(entry.name)}. Une base ne contient que des fichiers et des dossiers.`,
      `file type 0${type.toString(8)} for ${entry.name}`,
    );
  }
  // Some programs go by this bit, others by the closing slash: they would make of it two different bases.
  const isFolderToSome = (entry.externalAttributes & DOS_FOLDER) !== 0 && !entry.isDirectory;
  if (isFolderToSome || (entry.isDirectory && entry.sizeBytes !== 0)) {
    throw new ArchiveRejected(
      "unsafe_entry",
      `L’archive contient un dossier qui porte des données\u202f: ${quoteName(entry.name)}.`,
      `folder of ${entry.sizeBytes} bytes, ${entry.isDirectory ? "with" : "without"} its slash`,
    );
  }
}

export function isEncrypted(flags: number, method: number): boolean {
  return (flags & ENCRYPTED_FLAGS) !== 0 || method === AES_METHOD;
}
