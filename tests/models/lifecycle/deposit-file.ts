import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { addFile } from "#hosting/deposit/add-file.ts";
import { recordReceived } from "#hosting/deposit/record-received.ts";
import { uploadPath } from "#hosting/deposit/storage.ts";
import { buildZip } from "#tests/archives/build-zip.ts";
import type { School } from "./school.ts";
import { baseNameOf, type FileStand, type Stand } from "./stand.ts";

export interface FileKind {
  readonly fileName: string;
  readonly isBase: boolean;
  readonly isHalf: boolean;
}

/** A file that a school may send, with bytes of its own. */
export function makeFile({ fileName, isBase, isHalf }: FileKind): FileStand {
  const id = randomUUID();
  const notices = `notices of ${id}`;
  const name = baseNameOf({ fileName });
  const entries = [
    { name: `${name}/NOTICES.DAT`, content: notices },
    { name: `${name}/INDEX.DAT`, content: "index" },
  ];
  const bytes = isBase ? buildZip(entries) : Buffer.from(`PK\u0003\u0004 cut ${id}`);
  const status = isHalf ? "receiving" : "received";
  return { id, fileName, bytes, notices: isBase ? notices : null, statuses: [status] };
}

/** Sends a file, whole or half, as the tus endpoint would leave it. */
export async function sendFile({ world, rne }: School, file: FileStand): Promise<void> {
  const { context, db } = world;
  const { id, bytes, fileName } = file;
  const establishment = await db.establishment.findUniqueOrThrow({ where: { rne } });
  await addFile(context, { establishment, id, sizeBytes: bytes.length, metadata: { filename: fileName } });
  const isHalf = file.statuses.includes("receiving");
  await receive({ world, rne }, file, isHalf ? bytes.length >> 1 : bytes.length);
}

export async function receive(
  { world: { context, db }, rne }: Pick<School, "world" | "rne">,
  { id, bytes }: FileStand,
  length: number,
): Promise<void> {
  await writeFile(uploadPath(context, { rne, id }), bytes.subarray(0, length));
  await recordReceived(context, await db.baseFile.findUniqueOrThrow({ where: { id } }), length);
}

/** The deposit with one more file. One that bears the name of a rejected file takes its place. */
export function withFile(stand: Stand, file: FileStand): Stand {
  const replaced = stand.files.findIndex(
    ({ fileName, statuses }) => fileName === file.fileName && statuses.includes("rejected"),
  );
  const files = replaced < 0 ? [...stand.files, file] : stand.files.with(replaced, file);
  return { ...stand, files };
}
