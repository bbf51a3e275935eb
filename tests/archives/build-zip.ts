import { crc32, deflateRawSync } from "node:zlib";

const DEFLATED = 8;

/** One entry of a made-up archive. Every field has an honest default, and may lie in one header or in both. */
export interface FixtureEntry {
  name: string | Buffer;
  content?: Buffer | string;
  method?: number;
  flags?: number;
  /** Data as they lie in the file, instead of the content stored or deflated. */
  rawData?: Buffer;
  crc32?: number;
  compressedBytes?: number;
  sizeBytes?: number;
  externalAttributes?: number;
  extra?: Buffer;
  centralExtra?: Buffer;
  centralComment?: Buffer;
  versionMadeBy?: number;
  headerOffset?: number;
  /** What the local header says, where it differs from the central one. */
  local?: Partial<
    Pick<FixtureEntry, "name" | "method" | "flags" | "crc32" | "compressedBytes" | "sizeBytes" | "extra">
  >;
  /** Bytes between this entry and the next. */
  after?: Buffer;
  isMissingLocally?: boolean;
}

export interface FixtureOptions {
  prefix?: Buffer;
  /** Added to every offset, as a prefix that the writer knew of. */
  offsetShift?: number;
  comment?: Buffer;
  trailer?: Buffer;
  entryCount?: number;
  directoryBytes?: number;
  directoryOffset?: number;
  isZip64?: boolean;
}

/** Builds the bytes of a ZIP archive by hand, so that a test can make any of its fields lie. */
export function buildZip(entries: FixtureEntry[], options: FixtureOptions = {}): Buffer {
  const shift = options.offsetShift ?? 0;
  const parts = [options.prefix ?? Buffer.alloc(0)];
  let offset = shift;
  const central: Buffer[] = [];
  for (const entry of entries) {
    const header = headerOf(entry);
    central.push(centralHeader(entry, header, entry.headerOffset ?? offset));
    if (entry.isMissingLocally) continue;
    const local = Buffer.concat([localHeader(entry, header), header.data, entry.after ?? Buffer.alloc(0)]);
    parts.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = endRecords(options, { entryCount: entries.length, directoryBytes: directory.length, offset });
  return Buffer.concat([...parts, directory, end, options.trailer ?? Buffer.alloc(0)]);
}

type Header = ReturnType<typeof headerOf>;

function headerOf(entry: FixtureEntry) {
  const content = Buffer.from(entry.content ?? "");
  const isFolder = entry.name.toString().endsWith("/");
  const method = entry.method ?? (isFolder ? 0 : DEFLATED);
  const data = entry.rawData ?? (method === DEFLATED ? deflateRawSync(content) : content);
  return {
    name: Buffer.from(entry.name),
    data,
    method,
    flags: entry.flags ?? 0,
    crc32: entry.crc32 ?? crc32(content),
    compressedBytes: entry.compressedBytes ?? data.length,
    sizeBytes: entry.sizeBytes ?? content.length,
    extra: entry.extra ?? Buffer.alloc(0),
  };
}

function localHeader(entry: FixtureEntry, header: Header): Buffer {
  const local = { ...header, ...entry.local, name: Buffer.from(entry.local?.name ?? header.name) };
  const fixed = Buffer.alloc(30);
  fixed.writeUInt32LE(0x04034b50, 0);
  fixed.writeUInt16LE(20, 4);
  writeCommonFields(fixed, 6, local);
  return Buffer.concat([fixed, local.name, local.extra]);
}

function centralHeader(entry: FixtureEntry, header: Header, offset: number): Buffer {
  const extra = entry.centralExtra ?? header.extra;
  const comment = entry.centralComment ?? Buffer.alloc(0);
  const fixed = Buffer.alloc(46);
  fixed.writeUInt32LE(0x02014b50, 0);
  fixed.writeUInt16LE(entry.versionMadeBy ?? 20, 4);
  fixed.writeUInt16LE(20, 6);
  writeCommonFields(fixed, 8, { ...header, extra });
  fixed.writeUInt16LE(comment.length, 32);
  fixed.writeUInt32LE(entry.externalAttributes ?? 0, 38);
  fixed.writeUInt32LE(offset, 42);
  return Buffer.concat([fixed, header.name, extra, comment]);
}

function writeCommonFields(fixed: Buffer, at: number, header: Omit<Header, "data">): void {
  fixed.writeUInt16LE(header.flags, at);
  fixed.writeUInt16LE(header.method, at + 2);
  fixed.writeUInt32LE(header.crc32, at + 8);
  fixed.writeUInt32LE(header.compressedBytes, at + 12);
  fixed.writeUInt32LE(header.sizeBytes, at + 16);
  fixed.writeUInt16LE(header.name.length, at + 20);
  fixed.writeUInt16LE(header.extra.length, at + 22);
}

function endRecords(
  options: FixtureOptions,
  real: { entryCount: number; directoryBytes: number; offset: number },
): Buffer {
  const comment = options.comment ?? Buffer.alloc(0);
  const entryCount = options.entryCount ?? real.entryCount;
  const directoryBytes = options.directoryBytes ?? real.directoryBytes;
  const directoryOffset = options.directoryOffset ?? real.offset;
  const short = Buffer.alloc(22);
  short.writeUInt32LE(0x06054b50, 0);
  short.writeUInt16LE(options.isZip64 ? 0xffff : entryCount, 8);
  short.writeUInt16LE(options.isZip64 ? 0xffff : entryCount, 10);
  short.writeUInt32LE(options.isZip64 ? 0xffffffff : directoryBytes, 12);
  short.writeUInt32LE(options.isZip64 ? 0xffffffff : directoryOffset, 16);
  short.writeUInt16LE(comment.length, 20);
  if (!options.isZip64) return Buffer.concat([short, comment]);

  const record = Buffer.alloc(56);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeBigUInt64LE(BigInt(entryCount), 24);
  record.writeBigUInt64LE(BigInt(entryCount), 32);
  record.writeBigUInt64LE(BigInt(directoryBytes), 40);
  record.writeBigUInt64LE(BigInt(directoryOffset), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(real.offset + real.directoryBytes), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([record, locator, short, comment]);
}

/** A zip64 extra field that holds these values. */
export function zip64Extra(...values: number[]): Buffer {
  const field = Buffer.alloc(4 + values.length * 8);
  field.writeUInt16LE(0x0001, 0);
  field.writeUInt16LE(values.length * 8, 2);
  for (const [index, value] of values.entries()) field.writeBigUInt64LE(BigInt(value), 4 + index * 8);
  return field;
}

/** External attributes of a Unix file type and mode. */
export function unixMode(mode: number): number {
  return (mode << 16) >>> 0;
}

/** The smallest base: what every hostile entry is added to. */
export const NOTICES: FixtureEntry = {
  name: "data/NOTICES.DAT",
  content: "TI Le Petit Prince\r\n".repeat(20),
};
