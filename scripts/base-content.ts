import { createCipheriv, createHash } from "node:crypto";

const POOL_BYTES = 4 * 1024 * 1024;
const WORDS = (
  "abeille adolescence affiche album amitié atelier autobiographie bande dessinée bibliothèque botanique carte " +
  "chapitre château chimie cinéma citoyenneté classique collège conte correspondance découverte développement " +
  "dictionnaire documentaire école écriture éducation énergie enquête environnement époque été Europe évolution " +
  "fable fantastique fiction forêt français géographie géologie grammaire guerre héros histoire illustration " +
  "imaginaire journal langue lecture légende lettres littérature lycée manuel mathématiques mémoire métier " +
  "migration musée mythologie naïveté nature nouvelle océan œuvre orientation peinture périodique philosophie " +
  "photographie physique poésie policier presse récit recherche Renaissance république révolution roman science " +
  "siècle société théâtre traduction univers vacances ville voyage"
).split(" ");

/** Three endless kinds of bytes, each call giving the next ones; the same seed gives the same bytes. */
export interface BaseContent {
  /** French notices in ISO-8859-1, which deflate reduces to about a third. */
  notices: (lengthBytes: number) => Buffer;
  /** Fixed-length binary records, mostly padding, as tables and indexes have. */
  records: (lengthBytes: number) => Buffer;
  /** Bytes that do not compress, as covers have. */
  pictures: (lengthBytes: number) => Buffer;
}

export function createBaseContent(seed: number): BaseContent {
  const random = createRandomBytes(seed);
  const notices = makeNotices(random);
  const records = makeRecords(random);
  return {
    notices: (lengthBytes) => cutFrom(notices, lengthBytes, random),
    records: (lengthBytes) => cutFrom(records, lengthBytes, random),
    pictures: random,
  };
}

// A cipher's key stream is the fastest seeded generator at hand, and does not compress.
function createRandomBytes(seed: number): (lengthBytes: number) => Buffer {
  const key = createHash("sha256").update(`base ${seed}`).digest();
  const cipher = createCipheriv("aes-256-ctr", key, Buffer.alloc(16));
  return (lengthBytes) => cipher.update(Buffer.alloc(lengthBytes));
}

// Deflate looks back 32 KiB only: pieces of a pool of 4 MiB compress as if they were new.
function cutFrom(pool: Buffer, lengthBytes: number, random: (lengthBytes: number) => Buffer): Buffer {
  const start = random(4).readUInt32LE(0) % pool.length;
  const first = pool.subarray(start, start + lengthBytes);
  return Buffer.concat([first, pool], lengthBytes);
}

function makeNotices(random: (lengthBytes: number) => Buffer): Buffer {
  const pool = Buffer.alloc(POOL_BYTES);
  let offset = 0;
  for (let number = 1; offset < POOL_BYTES; number += 1) {
    const picks = [...random(48)].map((byte) => WORDS[byte % WORDS.length] ?? "");
    const title = picks.slice(0, 6).join(" ");
    const summary = picks.slice(6).join(" ");
    const isbn = random(5).readUIntLE(0, 5).toString().padStart(13, "978");
    const notice = `NO ${String(number).padStart(8, "0")}\r\nTI ${title}\r\nIS ${isbn}\r\nRE ${summary}.\r\n\r\n`;
    offset += pool.write(notice.replaceAll("œ", "oe"), offset, "latin1");
  }
  return pool;
}

function makeRecords(random: (lengthBytes: number) => Buffer): Buffer {
  const pool = Buffer.alloc(POOL_BYTES);
  const recordBytes = 64;
  for (let offset = 0; offset < POOL_BYTES; offset += recordBytes) {
    const bytes = random(10);
    pool.writeUInt32LE(offset / recordBytes, offset);
    bytes.copy(pool, offset + 4);
    pool.write(WORDS[(bytes[0] ?? 0) % WORDS.length] ?? "", offset + 20, "latin1");
  }
  return pool;
}
