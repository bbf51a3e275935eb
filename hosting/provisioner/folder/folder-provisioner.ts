import { mkdir, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { writeArchive } from "#hosting/archive/write.ts";
import { type Provisioner, ProvisionerFailure, type Target } from "#hosting/provisioner/port.ts";
import { discard } from "./disk.ts";
import { asProvisionerFailure } from "./failures.ts";
import { encodeIni } from "./ini.ts";
import { makeInstance } from "./install.ts";
import { discardFormerBases, exchangeBases, gatherBases, listMounted } from "./mounted-bases.ts";
import { instancePaths } from "./paths.ts";
import type { PortLeases } from "./port-leases.ts";
import { findRecord, type InstanceRecord, writeRecord } from "./record.ts";
import { createServerControl, NO_SERVER, type ServerOptions } from "./server/control.ts";
import { writeDurably } from "./write-durably.ts";

export interface FolderOptions {
  readonly dataDirectory: string;
  readonly templateDirectory: string | undefined;
  readonly ports: PortLeases;
  /** The name under which BCDI clients reach this machine. */
  readonly publicHost: string | undefined;
  readonly serverVersion: string;
  /** How to run BCDI's server; absent where that is someone else's work. */
  readonly server?: ServerOptions | undefined;
}

/** One folder per establishment under DATA_DIR/instances. */
export function createFolderProvisioner(options: FolderOptions): Provisioner {
  const server = options.server ? createServerControl(options.server) : NO_SERVER;
  const pathsOf = (target: Target) => instancePaths(options.dataDirectory, target.rne);

  async function getRecord(target: Target): Promise<InstanceRecord> {
    const record = await findRecord(pathsOf(target).record);
    if (record?.cycle === target.cycle) return record;
    const found = record ? `the one that stands there is of cycle ${record.cycle}` : "nothing is installed";
    const message = `no server of ${target.rne}, cycle ${target.cycle}: ${found}`;
    throw new ProvisionerFailure(message, { isTransient: false });
  }

  async function writeIni(target: Target, { port }: InstanceRecord): Promise<void> {
    const paths = pathsOf(target);
    await writeDurably(paths.ini, encodeIni(target, port, await listMounted(paths)));
  }

  /** A server that was open reads its files anew. */
  async function reopen(target: Target, { isOpened, port }: InstanceRecord): Promise<void> {
    if (isOpened) await server.start(pathsOf(target), target.rne, port);
  }

  const provisioner: Provisioner = {
    install: async (target) => {
      const paths = pathsOf(target);
      const found = await findRecord(paths.record);
      if (found && found.cycle > target.cycle) {
        const message = `a later server of ${target.rne} (cycle ${found.cycle}) stands there`;
        throw new ProvisionerFailure(message, { isTransient: false });
      }
      const port = await options.ports.lease(target.rne);
      if (found?.cycle === target.cycle) {
        const record = { ...found, port };
        await writeRecord(paths.record, record);
        return writeIni(target, record);
      }
      // What stands there is half made, or of a hosting that ended.
      await server.stop(paths);
      await makeInstance(paths, target, { port, templateDirectory: options.templateDirectory });
    },

    mount: async (target, bases) => {
      const paths = pathsOf(target);
      const record = await getRecord(target);
      if (await gatherBases(paths, bases)) {
        await server.stop(paths);
        await exchangeBases(paths);
      }
      await writeIni(target, record);
      await discardFormerBases(paths);
      await reopen(target, record);
    },

    open: async (target) => {
      const paths = pathsOf(target);
      const record = await getRecord(target);
      const bases = await listMounted(paths);
      if (bases.length === 0)
        throw new ProvisionerFailure(`${target.rne} has no base to open`, { isTransient: false });
      await server.start(paths, target.rne, record.port);
      await writeRecord(paths.record, { ...record, isOpened: true });
      const { serverVersion, publicHost } = options;
      const host = publicHost ?? hostname();
      return { host, port: record.port, serverName: `BCDI-${target.rne}`, serverVersion, bases };
    },

    alter: async (target) => {
      const record = await getRecord(target);
      await writeIni(target, record);
      await server.stop(pathsOf(target));
      await reopen(target, record);
    },

    archive: async (target, directory) => {
      const paths = pathsOf(target);
      await mkdir(directory, { recursive: true, mode: 0o700 });
      const record = await findRecord(paths.record);
      // Archived and removed by an earlier run, or never installed: nothing is left to archive here.
      if (record?.cycle !== target.cycle) return [];
      await server.stop(paths);
      const archived = [];
      for (const { name } of await listMounted(paths)) {
        const path = join(directory, `${name}.zip`);
        const base = { directory: join(paths.bases, name), name, archivePath: path };
        const { sizeBytes, sha256 } = await writeArchive(base);
        archived.push({ name, path, sizeBytes, sha256 });
      }
      return archived;
    },

    remove: async (target) => {
      const paths = pathsOf(target);
      const record = await findRecord(paths.record);
      if (record && record.cycle > target.cycle) return;
      await server.stop(paths);
      await rm(paths.fresh.root, { recursive: true, force: true });
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
    ...(options.server
      ? {
          isOpen: (target: Target) =>
            asProvisionerFailure(async () => server.checkUp(pathsOf(target), (await getRecord(target)).port)),
        }
      : {}),
  };
}
