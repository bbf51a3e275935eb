import { DEPOSIT_MAX_FILES } from "./limits.ts";
import type { DepositItem } from "./state.ts";

export type ChosenFile = { fileName: string; sizeBytes: number; identity: string | null };

/** What a file that somebody chose is to the deposit. */
export type Match =
  | { kind: "new" }
  | { kind: "resume"; key: string }
  | { kind: "replace"; key: string }
  | { kind: "duplicate" | "mismatch" | "same_as_rejected" | "empty" | "too_many" };

function hasSameContent(item: DepositItem, file: ChosenFile): boolean | null {
  if (item.sizeBytes !== file.sizeBytes) return false;
  return item.identity === null || file.identity === null ? null : item.identity === file.identity;
}

/** Compares a chosen file with the list. `replacedKey`: the file whose "Remplacer" or "Choisir" button was used. */
export function matchChosenFile(
  items: readonly DepositItem[],
  file: ChosenFile,
  replacedKey: string | null,
): Match {
  if (file.sizeBytes === 0) return { kind: "empty" };
  const replaced = items.find((item) => item.key === replacedKey);
  const twin = items.find((item) => {
    const same = hasSameContent(item, file);
    return same ?? item.fileName === file.fileName;
  });
  if (twin) return matchTwin(twin);
  if (replaced?.phase === "absent") return { kind: "mismatch" };
  if (replaced) return { kind: "replace", key: replaced.key };
  const namesake = items.find((item) => item.fileName === file.fileName);
  if (namesake?.phase === "absent" && namesake.sizeBytes === file.sizeBytes) return { kind: "mismatch" };
  if (namesake && (namesake.phase === "rejected" || namesake.stop?.code === "file_changed")) {
    return { kind: "replace", key: namesake.key };
  }
  return items.length >= DEPOSIT_MAX_FILES ? { kind: "too_many" } : { kind: "new" };
}

function matchTwin(twin: DepositItem): Match {
  if (twin.phase === "rejected") return { kind: "same_as_rejected" };
  if (twin.phase === "absent") return { kind: "resume", key: twin.key };
  return { kind: "duplicate" };
}
