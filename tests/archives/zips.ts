import { randomBytes } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { fromBuffer } from "yauzl";
import { ZipFile } from "yazl";

const LOCAL_HEADER = Buffer.from("PK\x03\x04", "latin1");
const CENTRAL_HEADER = Buffer.from("PK\x01\x02", "latin1");

/** An archive of these files, by path. */
export async function zipOf(files: Record<string, Buffer | string>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [path, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), path);
  zip.end();
  return buffer(zip.outputStream);
}

/** A base that passes every check; `sizeBytes` of bytes that do not compress. */
export function zipOfBase(name: string, sizeBytes = 2_000): Promise<Buffer> {
  return zipOf({ [`${name}/NOTICES.DAT`]: randomBytes(sizeBytes), [`${name}/VIDE.DAT`]: "" });
}

/** The same archive, each of its files marked as protected by a password. */
export function markEncrypted(zip: Buffer): Buffer {
  const marked = Buffer.from(zip);
  const mark = (signature: Buffer, flagsAt: number) => {
    for (let at = marked.indexOf(signature); at >= 0; at = marked.indexOf(signature, at + 4))
      marked.writeUInt16LE(marked.readUInt16LE(at + flagsAt) | 1, at + flagsAt);
  };
  mark(LOCAL_HEADER, 6);
  mark(CENTRAL_HEADER, 8);
  return marked;
}

/** What an archive holds, by path. */
export function unzip(archive: Buffer): Promise<Map<string, Buffer>> {
  return new Promise((resolve, reject) => {
    fromBuffer(archive, { lazyEntries: true }, (failure, zip) => {
      if (failure) return reject(failure);
      const files = new Map<string, Buffer>();
      zip.once("error", reject).once("end", () => resolve(files));
      zip.on("entry", (entry) => {
        if (entry.fileName.endsWith("/")) return zip.readEntry();
        zip.openReadStream(entry, (problem, stream) => {
          if (problem) return reject(problem);
          buffer(stream).then((content) => {
            files.set(entry.fileName, content);
            zip.readEntry();
          }, reject);
        });
      });
      zip.readEntry();
    });
  });
}
