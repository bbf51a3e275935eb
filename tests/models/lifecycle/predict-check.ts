import { baseNameOf, type FileStand, withStatus } from "./stand.ts";

/** What the checks of a deposit say of its files: a file that is no base, or the second of one name, is rejected. */
export function checkFiles(files: readonly FileStand[]): {
  files: readonly FileStand[];
  isRejected: boolean;
} {
  const names = new Set<string>();
  const checked = files.map((file) => {
    const name = baseNameOf(file);
    if (file.notices === null || names.has(name)) return withStatus(file, "rejected");
    names.add(name);
    return withStatus(file, "received");
  });
  return { files: checked, isRejected: checked.some(({ statuses }) => statuses.includes("rejected")) };
}

/** What the records may say after checks that were cut, or overtaken: each what it said, or its verdict. */
export function checkedInPart(files: readonly FileStand[]): readonly FileStand[] {
  const { files: checked } = checkFiles(files);
  return files.map((file, index) => withStatus(file, ...file.statuses, ...(checked[index]?.statuses ?? [])));
}
