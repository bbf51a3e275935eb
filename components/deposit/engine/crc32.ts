const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

/** The CRC-32 of a file, read as a stream: memory stays flat whatever its size. */
export async function crc32(file: Blob): Promise<number> {
  let crc = 0xffffffff;
  const reader = file.stream().getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    crc = addBytes(crc, piece.value);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

function addBytes(start: number, bytes: Uint8Array): number {
  let crc = start;
  // The mask keeps the index inside the table: the fallback never serves.
  for (const byte of bytes) crc = (TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return crc;
}
