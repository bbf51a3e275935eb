import {
  configure,
  TextReader,
  Uint8ArrayWriter,
  ZipWriter,
  type ZipWriterConstructorOptions,
} from "@zip.js/zip.js";
import { expect, test } from "vitest";
import { tryArchive } from "#tests/hosting/try-archive.ts";

configure({ useWebWorkers: false });

/** A base as another program archives it with a password. */
async function archiveWith(options: ZipWriterConstructorOptions): Promise<Buffer> {
  const zip = new ZipWriter(new Uint8ArrayWriter(), options);
  await zip.add("data/NOTICES.DAT", new TextReader("TI Le Petit Prince\r\n".repeat(20)));
  return Buffer.from(await zip.close());
}

test.each<[string, ZipWriterConstructorOptions]>([
  ["ZipCrypto", { zipCrypto: true }],
  ["AES-128", { encryptionStrength: 1 }],
  ["AES-256", { encryptionStrength: 3 }],
  ["AES-256 without compression", { encryptionStrength: 3, level: 0 }],
])("an archive really encrypted with %s is refused as such", async (_what, options) => {
  const { code, detail, left } = await tryArchive(await archiveWith({ ...options, password: "cdi" }));
  expect({ code, left }).toEqual({ code: "encrypted", left: [] });
  expect(detail).toBe("L’archive est protégée par un mot de passe\u202f: refaites-la sans mot de passe.");
});

test("the same archive without a password is accepted", async () => {
  expect((await tryArchive(await archiveWith({}))).code).toBe("accepted");
});
