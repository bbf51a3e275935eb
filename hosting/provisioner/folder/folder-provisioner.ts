import { cp, mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { writeArchive } from "#hosting/archive/write.ts";
import { syncDirectory } from "#hosting/deposit/storage.ts";
import type { Provisioner, Target } from "#hosting/provisioner/port.ts";
import { asProvisionerFailure } from "./failures.ts";
import { encodeIni } from "./ini.ts";
import { instancePaths } from "./paths.ts";
import type { PortLeases } from "./port-leases.ts";
import { findRecord, type InstanceRecord, writeRecord } from "./record.ts";
import { writeDurably } from "./write-durably.ts";

export interface FolderOptions {
  readonly dataDirectory: string;
  readonly templateDirectory: string | undefined;
  readonly ports: PortLeases;
  /** The name under which BCDI clients reach this machine. */
  readonly publicHost: string | undefined;
  readonly serverVersion: string;
}

/** One folder per establishment under DATA_DIR/instances. */
export function createFolderProvisioner(options: FolderOptions): Provisioner {
  const pathsOf = (target: Target) => instancePaths(options.dataDirectory, target.rne);

  async function writeConfiguration(target: Target, record: InstanceRecord): Promise<void> {
    const paths = pathsOf(target);
    await writeDurably(paths.ini, encodeIni(target, record.port, record.bases));
    await writeRecord(paths.record, record);
  }

  async function getRecord(target: Target): Promise<InstanceRecord> {
    const record = await findRecord(pathsOf(target).record);
    if (record?.cycle !== target.cycle)
      throw new Error(`no instance of ${target.rne}, cycle ${target.cycle}`);
    return record;
  }

  const provisioner: Provisioner = {
    install: async (target) => {
      const paths = pathsOf(target);
      const existing = await findRecord(paths.record);
      const port = await options.ports.lease(target.rne);
      if (existing?.cycle === target.cycle) return writeConfiguration(target, { ...existing, port });
      // What stands there is half made, or of a hosting that ended: a new one is made beside it and takes its place.
      await rm(paths.fresh, { recursive: true, force: true });
      await mkdir(paths.instances, { recursive: true, mode: 0o700 });
      if (options.templateDirectory) await cp(options.templateDirectory, paths.fresh, { recursive: true });
      await mkdir(join(paths.fresh, "bases"), { recursive: true, mode: 0o700 });
      const record: InstanceRecord = { cycle: target.cycle, port, bases: [] };
      await writeDurably(join(paths.fresh, "bcdiserv.ini"), encodeIni(target, port, []));
      await writeRecord(join(paths.fresh, "instance.json"), record);
      await discard(paths.root, paths.discarded);
      await rename(paths.fresh, paths.root);
      await syncDirectory(paths.instances);
    },

    mount: async (target, bases) => {
      const paths = pathsOf(target);
      const record = await getRecord(target);
      for (const base of bases) {
        const mounted = join(paths.bases, base.name);
        // Moved away already: an earlier run was cut after this one.
        if (!(await exists(base.directory)) && (await exists(mounted))) continue;
        await discard(mounted, join(paths.root, `.${base.name}.old`));
        await rename(base.directory, mounted);
      }
      for (const name of await readdir(paths.bases)) {
        if (!bases.some((base) => base.name === name))
          await rm(join(paths.bases, name), { recursive: true, force: true });
      }
      await syncDirectory(paths.bases);
      await writeConfiguration(target, { ...record, bases: bases.map(({ name, role }) => ({ name, role })) });
    },

    open: async (target) => {
      const record = await getRecord(target);
      return {
        host: options.publicHost ?? hostname(),
        port: record.port,
        serverName: `BCDI-${target.rne}`,
        serverVersion: options.serverVersion,
        bases: record.bases,
      };
    },

    alter: async (target) => writeConfiguration(target, await getRecord(target)),

    archive: async (target, directory) => {
      const paths = pathsOf(target);
      await mkdir(directory, { recursive: true, mode: 0o700 });
      const record = await findRecord(paths.record);
      // Archived and removed by an earlier run, or never installed: nothing is left to archive here.
      if (record?.cycle !== target.cycle) return [];
      const archived = [];
      for (const { name } of record.bases) {
        const path = join(directory, `${name}.zip`);
        const { sizeBytes, sha256 } = await writeArchive({
          directory: join(paths.bases, name),
          name,
          archivePath: path,
        });
        archived.push({ name, path, sizeBytes, sha256 });
      }
      return archived;
    },

    remove: async (target) => {
      const paths = pathsOf(target);
      const record = await findRecord(paths.record);
      // A later hosting of the same RNE is not this one's to remove.
      if (record && record.cycle > target.cycle) return;
      await rm(paths.fresh, { recursive: true, force: true });
      await discard(paths.root, paths.discarded);
      await options.ports.release(target.rne);
    },
  };
  return {
    install: (target) => asProvisionerFailure(() => provisioner.install(target)),
    mount: (target, bases) => asProvisionerFailure(() => provisioner.mount(target, bases)),
    open: (target) => asProvisionerFailure(() => provisioner.open(target)),
    alter: (target) => asProvisionerFailure(() => provisioner.alter(target)),
    archive: (target, directory) => asProvisionerFailure(() => provisioner.archive(target, directory)),
    remove: (target) => asProvisionerFailure(() => provisioner.remove(target)),
  };
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Out of the way in one step, then gone. */
async function discard(path: string, discarded: string): Promise<void> {
  await rm(discarded, { recursive: true, force: true });
  if (await exists(path)) await rename(path, discarded);
  await rm(discarded, { recursive: true, force: true });
}
