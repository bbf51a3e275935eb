import { createHash } from "node:crypto";
import { existsSync, readFileSync, watch, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { ArchivedBase, Provisioner } from "#hosting/provisioner/port.ts";
import { zipOfBase } from "#tests/archives/zips.ts";
import { createProvisionerDouble } from "./double.ts";

// A provisioner's program that waits at `{rne}.{operation}.hold`, where it leaves `….held`, and fails at `{rne}.{operation}.fail`. Of the bases
// it keeps no more than their names: it gives back an archive of each.
const InputSchema = z.object({
  operation: z.enum(["install", "mount", "open", "alter", "archive", "remove"]),
  target: z.object({
    rne: z.string(),
    cycle: z.number(),
    griffe: z.string(),
    code: z.string(),
    version: z.string(),
  }),
  bases: z
    .array(z.object({ name: z.string(), role: z.enum(["main", "secondary"]), directory: z.string() }))
    .default([]),
  directory: z.string().default(""),
});

const [gatesDirectory = ""] = process.argv.slice(2);
const { operation, target, bases, directory } = InputSchema.parse(JSON.parse(readFileSync(0, "utf8")));
const mounted = join(gatesDirectory, "..", `${target.rne}.bases`);

const keepsNames: Provisioner = {
  install: async () => {},
  mount: async (_target, given) => writeFileSync(mounted, JSON.stringify(given.map(({ name }) => name))),
  open: async () => ({
    ...{ host: "bcdi.example", port: 20_000, serverName: "bcdi", serverVersion: "1", bases: [] },
  }),
  alter: async () => {},
  archive: () => Promise.all(readNames().map(writeArchive)),
  remove: async () => {},
};
const provisioner = createProvisionerDouble(keepsNames, {
  outcomeOf: async () => {
    if (existsSync(gate("hold"))) writeFileSync(gate("held"), "");
    await waitWhileThere(gate("hold"));
    return existsSync(gate("fail")) ? "permanent failure" : "done";
  },
});

try {
  process.stdout.write(JSON.stringify((await run()) ?? null));
} catch {
  process.exitCode = 1;
}

function run(): Promise<unknown> {
  if (operation === "mount") return provisioner.mount(target, bases);
  if (operation === "archive")
    return provisioner.archive(target, directory).then((archives) => ({ archives }));
  return provisioner[operation](target);
}

function gate(word: "hold" | "held" | "fail"): string {
  return join(gatesDirectory, `${target.rne}.${operation}.${word}`);
}

/** Watched before it is looked for, so that its removal cannot fall in between. */
async function waitWhileThere(path: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = () => {
    if (!existsSync(path)) resolve();
  };
  const watcher = watch(gatesDirectory, look);
  look();
  await promise;
  watcher.close();
}

function readNames(): string[] {
  return existsSync(mounted) ? z.array(z.string()).parse(JSON.parse(readFileSync(mounted, "utf8"))) : [];
}

async function writeArchive(name: string): Promise<ArchivedBase> {
  const archive = await zipOfBase(name);
  const path = join(directory, `${name}.zip`);
  writeFileSync(path, archive);
  const sha256 = createHash("sha256").update(archive).digest("hex");
  return { name, path, sizeBytes: archive.length, sha256 };
}
