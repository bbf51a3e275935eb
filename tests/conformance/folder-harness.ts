import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  createFolderProvisioner,
  type FolderOptions,
} from "#hosting/provisioner/folder/folder-provisioner.ts";
import { type InstancePaths, instancePaths } from "#hosting/provisioner/folder/paths.ts";
import { createPortLeases } from "#hosting/provisioner/folder/port-leases.ts";
import type { Target } from "#hosting/provisioner/port.ts";
import type { Database } from "#platform/database/client.ts";
import { createFolderInterruption } from "./folder-interruption.ts";
import type { HarnessOptions, Leftover, ProvisionerHarness } from "./harness.ts";

export interface FolderHarness extends ProvisionerHarness {
  readonly options: FolderOptions;
  paths(rne: string): InstancePaths;
}

const FIRST_PORT = 20_000;

/** The folder adapter on a folder of its own; its ports are leased in the test's own database. */
export async function createFolderHarness(
  db: Database,
  { portCount = 50 }: HarnessOptions = {},
  more: Partial<FolderOptions> = {},
): Promise<FolderHarness> {
  const directory = await mkdtemp(join(tmpdir(), "provisioner-"));
  const range = { first: FIRST_PORT, last: FIRST_PORT + portCount - 1 };
  const options: FolderOptions = {
    dataDirectory: directory,
    templateDirectory: undefined,
    ports: createPortLeases(db, range),
    publicHost: "bcdi.example",
    serverVersion: "BCDI",
    ...more,
  };
  const paths = (rne: string) => instancePaths(directory, rne);
  return {
    options,
    paths,
    provisioner: createFolderProvisioner(options),
    directory,
    readLicence: (rne) => readFile(paths(rne).ini, "latin1"),
    leftovers: listLeftovers(({ rne }) => paths(rne)),
    interruption: createFolderInterruption(options),
    close: async () => {
      await rm(directory, { recursive: true, force: true });
      await db.portLease.deleteMany();
    },
  };
}

function listLeftovers(pathsOf: (target: Target) => InstancePaths): Leftover[] {
  const fill = async (directory: string) => {
    await mkdir(directory, { recursive: true });
    await writeFile(join(directory, "STALE.DAT"), "stale");
  };
  return [
    {
      operation: "install",
      name: "a half-made server beside its place",
      plant: (target) => fill(join(pathsOf(target).fresh.bases, "data")),
    },
    {
      operation: "install",
      name: "a half-made server in its place",
      plant: (target) => fill(join(pathsOf(target).bases, "data")),
    },
    {
      operation: "install",
      name: "a half-written record and ini",
      plant: async (target) => {
        await mkdir(pathsOf(target).root, { recursive: true });
        for (const path of [pathsOf(target).record, pathsOf(target).ini]) await writeFile(`${path}.new`, "{");
      },
    },
    {
      operation: "mount",
      name: "bases of another deposit, gathered and not mounted",
      plant: async (target) => {
        await fill(join(pathsOf(target).freshBases, "data"));
        await fill(join(pathsOf(target).freshBases, "perdue"));
      },
    },
    {
      operation: "archive",
      name: "the bases moved away, and no others in their place",
      plant: (target) => rename(pathsOf(target).bases, pathsOf(target).formerBases),
    },
    {
      operation: "mount",
      name: "the bases moved away, and others gathered",
      plant: async (target) => {
        await rename(pathsOf(target).bases, pathsOf(target).formerBases);
        await fill(join(pathsOf(target).freshBases, "data"));
      },
    },
    {
      operation: "mount",
      name: "the former bases beside the new ones",
      plant: (target) => fill(join(pathsOf(target).formerBases, "data")),
    },
    {
      operation: "remove",
      name: "a server moved away and not gone",
      plant: (target) => fill(join(pathsOf(target).discarded, "bases", "data")),
    },
    {
      operation: "remove",
      name: "a half-made server beside its place",
      plant: (target) => fill(pathsOf(target).fresh.root),
    },
  ];
}
