import {
  type FileHandle,
  mkdir,
  open,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { type Database, openDatabase } from "#platform/database/client.ts";
import {
  expectFailure,
  extractBases,
  mountBases,
  OTHER_BASES,
  readBases,
  THREE_BASES,
} from "#tests/conformance/bases.ts";
import { describeProvisioner } from "#tests/conformance/conformance.ts";
import { createFolderHarness, type FolderHarness } from "#tests/conformance/folder-harness.ts";
import { createTarget } from "#tests/conformance/harness.ts";
import { createTestDatabase } from "#tests/database/test-database.ts";
import { readTree } from "#tests/hosting/try-archive.ts";
import { createFolderProvisioner } from "./folder/folder-provisioner.ts";
import { createPortLeases } from "./folder/port-leases.ts";

let db: Database;
let drop: () => Promise<void>;
beforeAll(async () => {
  const created = await createTestDatabase();
  db = openDatabase(created.connectionString, { maxConnections: 4 });
  drop = created.drop;
});
afterAll(async () => {
  await db.$disconnect();
  await drop();
});

describeProvisioner("the folder adapter", (options) => createFolderHarness(db, options));

describe("an instance's folder", () => {
  let harness: FolderHarness;
  beforeEach(async () => {
    harness = await createFolderHarness(db);
    onTestFinished(harness.close);
  });

  test("holds the bases as they came, the ini that BCDI reads, and nothing half made", async () => {
    const target = createTarget({ griffe: "Collège d’Œting", code: "QWERTYUI", version: "SP" });
    await mountBases(harness, target, THREE_BASES);
    const { root, bases, ini } = harness.paths(target.rne);
    for (const [name, files] of Object.entries(THREE_BASES))
      expect(await readTree(join(bases, name))).toEqual(files);
    expect((await readFile(ini)).toString("latin1").split("\r\n")).toEqual([
      ...["[BCDISERV]", "ORGANISME=Collège d'OEting", "CODE=QWERTYUI", "VERSION=SP", "PORT=20000", ""],
      ...["[BASE1]", "NOM_BASE=data", "DONNEES=bases\\data", ""],
      ...["[BASE2]", "NOM_BASE=travperso", "DONNEES=bases\\travperso", ""],
      ...["[BASE3]", "NOM_BASE=manuels_d_été", "DONNEES=bases\\manuels_d_été", ""],
    ]);
    expect((await readdir(root)).sort()).toEqual(["bases", "bcdiserv.ini", "instance.json"]);
    expect(await readdir(harness.paths(target.rne).instances)).toEqual([target.rne]);
  });

  test("is gone without a trace after remove, and its port is free", async () => {
    const target = createTarget();
    await mountBases(harness, target, OTHER_BASES);
    await harness.provisioner.remove(target);
    expect(await readdir(harness.paths(target.rne).instances)).toEqual([]);
    expect(await db.portLease.count()).toBe(0);
  });

  test("is filled when gathering was cut after some of the bases", async () => {
    const target = createTarget();
    await mountBases(harness, target, OTHER_BASES);
    const extracted = await extractBases(harness, THREE_BASES);
    const { freshBases } = harness.paths(target.rne);
    await mkdir(freshBases);
    for (const { name, directory } of extracted.slice(0, 2)) await rename(directory, join(freshBases, name));
    await harness.provisioner.mount(target, extracted);
    expect(await readBases(harness, target)).toEqual(THREE_BASES);
  });

  test("is filled when the exchange was cut between its renames, with all bases gathered", async () => {
    const target = createTarget();
    await mountBases(harness, target, OTHER_BASES);
    const extracted = await extractBases(harness, THREE_BASES);
    const { bases, freshBases, formerBases } = harness.paths(target.rne);
    await mkdir(freshBases);
    for (const { name, directory } of extracted) await rename(directory, join(freshBases, name));
    await rename(bases, formerBases);
    await harness.provisioner.mount(target, extracted);
    expect(await readBases(harness, target)).toEqual(THREE_BASES);
    expect(await readdir(harness.paths(target.rne).root)).not.toContain(".bases.old");
  });

  test("has its ini written again when mount was cut after the exchange", async () => {
    const target = createTarget();
    await harness.provisioner.install(target);
    const before = await readFile(harness.paths(target.rne).ini);
    const extracted = await extractBases(harness, THREE_BASES);
    await harness.provisioner.mount(target, extracted);
    await writeFile(harness.paths(target.rne).ini, before);
    await harness.provisioner.mount(target, extracted);
    expect(await harness.readLicence?.(target.rne)).toContain("NOM_BASE=travperso");
  });

  test("that cannot be understood is left as it is, for a person", async () => {
    const target = createTarget();
    await mountBases(harness, target, OTHER_BASES);
    const { record, bases } = harness.paths(target.rne);
    await writeFile(record, "{");
    for (const operation of ["install", "open", "alter", "remove"] as const) {
      const says = /instance\.json cannot be understood/;
      await expectFailure(harness.provisioner[operation](target), { isTransient: false, says });
    }
    expect(await readdir(bases)).toContain("data");
  });

  test("whose base is missing is not archived as if it were whole", async () => {
    const target = createTarget();
    await mountBases(harness, target, THREE_BASES);
    await rm(join(harness.paths(target.rne).bases, "travperso"), { recursive: true });
    await expectFailure(readBases(harness, target), { isTransient: false, says: /travperso/ });
  });

  test("keeps its port while its range holds it, and gets another one with another range", async () => {
    const target = createTarget();
    await mountBases(harness, target, OTHER_BASES);
    const ports = createPortLeases(db, { first: 21_000, last: 21_001 });
    const moved = createFolderProvisioner({ ...harness.options, ports });
    await moved.install(target);
    expect((await moved.open(target)).port).toBe(21_000);
    expect(await harness.readLicence?.(target.rne)).toContain("PORT=21000");
  });
});

describe("the template", () => {
  const withTemplate = async (prepare: (directory: string) => Promise<void>) => {
    const outer = await createFolderHarness(db);
    onTestFinished(outer.close);
    const templateDirectory = join(outer.directory, "template");
    await prepare(templateDirectory);
    const harness = await createFolderHarness(db, {}, { templateDirectory });
    onTestFinished(harness.close);
    return harness;
  };

  test("is copied into every new instance, links as what they point to, and its ini is replaced", async () => {
    const harness = await withTemplate(async (directory) => {
      await mkdir(join(directory, "bin"), { recursive: true });
      await writeFile(join(directory, "bin", "bcdiserv.exe"), "MZ");
      await writeFile(join(directory, "bcdiserv.ini"), "ORGANISME=MODELE");
      await symlink("bin/bcdiserv.exe", join(directory, "server.exe"));
    });
    const target = createTarget();
    await mountBases(harness, target, OTHER_BASES);
    const tree = await readTree(harness.paths(target.rne).root);
    expect(tree["bin/bcdiserv.exe"]).toEqual(Buffer.from("MZ"));
    expect(tree["server.exe"]).toEqual(Buffer.from("MZ"));
    expect(tree["bcdiserv.ini"]?.toString("latin1")).toContain("ORGANISME=LYCEE EMILE ZOLA");
    expect(await readBases(harness, target)).toEqual(OTHER_BASES);
  });

  test("that is a used instance brings neither its server, nor its state, nor its bases", async () => {
    const harness = await withTemplate(async (directory) => {
      for (const folder of ["bases/data", ".bases.new/data", ".bases.old/data", "bin/bases"])
        await mkdir(join(directory, folder), { recursive: true });
      for (const file of ["server.json", "server.json.new", "instance.json", "server.log", "server.log.1"])
        await writeFile(join(directory, file), "{}");
      await writeFile(join(directory, "bases", ".bases.json"), '[{"name":"data","role":"main"}]');
      await writeFile(join(directory, "bin", "server.json"), "the server's own");
    });
    const target = createTarget();
    await harness.provisioner.install(target);
    const { root } = harness.paths(target.rne);
    expect((await readdir(root)).sort()).toEqual(["bases", "bcdiserv.ini", "bin", "instance.json"]);
    expect(await readBases(harness, target)).toEqual({});
    expect((await readdir(join(root, "bin"))).sort()).toEqual(["bases", "server.json"]);
  });

  test("is on stable storage, files and folders, before the record says that the instance stands", async () => {
    const harness = await withTemplate(async (directory) => {
      await mkdir(join(directory, "bin"), { recursive: true });
      await writeFile(join(directory, "bin", "bcdiserv.exe"), "MZ");
      await writeFile(join(directory, "bcdi.lic"), "licence");
    });
    const target = createTarget();
    const { fresh } = harness.paths(target.rne);
    const synced = await watchSyncs(harness.directory);
    await harness.provisioner.install(target);
    const beforeRecord = synced.slice(0, synced.indexOf(`${fresh.record}.new`));
    for (const path of ["bin/bcdiserv.exe", "bin", "bcdi.lic", ""])
      expect(beforeRecord).toContain(join(fresh.root, path));
  });

  test.each([
    ["missing", async () => {}],
    ["a file", async (directory: string) => writeFile(directory, "not a folder")],
    ["a dangling link", async (directory: string) => symlink("/nonexistent", directory)],
  ])(
    "that is %s is a failure for good that names the setting, and leaves nothing",
    async (_what, prepare) => {
      const harness = await withTemplate(prepare);
      const target = createTarget();
      const attempt = harness.provisioner.install(target);
      await expectFailure(attempt, { isTransient: false, says: /BCDI_TEMPLATE_DIR/ });
      expect(await readdir(harness.paths(target.rne).instances)).not.toContain(target.rne);
    },
  );
});

/** The paths of what is synced from now on, in order. */
async function watchSyncs(directory: string): Promise<string[]> {
  const handle = await open(directory);
  const prototype: FileHandle = Object.getPrototypeOf(handle);
  await handle.close();
  const synced: string[] = [];
  const sync = prototype.sync;
  const watched = vi.spyOn(prototype, "sync").mockImplementation(async function (this: FileHandle) {
    synced.push(await readlink(`/proc/self/fd/${this.fd}`));
    await sync.call(this);
  });
  onTestFinished(() => watched.mockRestore());
  return synced;
}
