import { ArchiveRejected, quoteName } from "./rejected.ts";

interface Node {
  spelling: string;
  isFolder: boolean;
  /** Folders that only appear in the path of another entry may still get their own. */
  isListed: boolean;
}

/** Refuses two entries that one file system or another would write at the same place. */
export class NameTree {
  readonly #nodes = new Map<string, Node>();

  add(path: string, isFolder: boolean): void {
    for (let slash = path.indexOf("/"); slash !== -1; slash = path.indexOf("/", slash + 1)) {
      this.#put({ spelling: path.slice(0, slash), isFolder: true, isListed: false });
    }
    this.#put({ spelling: path, isFolder, isListed: true });
  }

  #put(node: Node): void {
    const key = foldName(node.spelling);
    const known = this.#nodes.get(key);
    if (known === undefined) {
      this.#nodes.set(key, node);
      return;
    }
    const isSameFolder = known.isFolder && node.isFolder && known.spelling === node.spelling;
    if (!isSameFolder || (known.isListed && node.isListed)) {
      throw new ArchiveRejected(
        "unsafe_entry",
        `L’archive contient deux fois le même nom\u202f: ${quoteName(known.spelling)} et ${quoteName(node.spelling)}.`,
        `duplicate name ${JSON.stringify(node.spelling)}`,
      );
    }
    known.isListed ||= node.isListed;
  }
}

/** Equal for names that differ by case or by Unicode composition only. */
export function foldName(name: string): string {
  return name.normalize("NFC").toUpperCase().toLowerCase().normalize("NFC");
}
