import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { zipOfBase } from "#e2e/api/archives.ts";

// A provisioner's program that waits at `{rne}.{operation}.hold` and fails at `{rne}.{operation}.fail`. Of the bases
// it keeps no more than their names: it gives back an archive of each.
const InputSchema = z.object({
  operation: z.string(),
  target: z.object({ rne: z.string() }),
  bases: z.array(z.object({ name: z.string() })).default([]),
  directory: z.string().default(""),
});

const [gatesDirectory = ""] = process.argv.slice(2);
const { operation, target, bases, directory } = InputSchema.parse(JSON.parse(readFileSync(0, "utf8")));
const gate = (word: string) => join(gatesDirectory, `${target.rne}.${operation}.${word}`);
while (existsSync(gate("hold"))) await wait(25);
if (existsSync(gate("fail"))) process.exit(1);
const mounted = join(gatesDirectory, "..", `${target.rne}.bases`);
if (operation === "mount") writeFileSync(mounted, JSON.stringify(bases.map(({ name }) => name)));
process.stdout.write(JSON.stringify(await answer()));

async function answer(): Promise<unknown> {
  if (operation === "open")
    return { host: "bcdi.example", port: 20_000, serverName: "bcdi", serverVersion: "1", bases: [] };
  if (operation !== "archive") return null;
  const names = existsSync(mounted)
    ? z.array(z.string()).parse(JSON.parse(readFileSync(mounted, "utf8")))
    : [];
  return { archives: await Promise.all(names.map(writeArchive)) };
}

async function writeArchive(name: string): Promise<unknown> {
  const archive = await zipOfBase(name);
  const path = join(directory, `${name}.zip`);
  writeFileSync(path, archive);
  const sha256 = createHash("sha256").update(archive).digest("hex");
  return { name, path, sizeBytes: archive.length, sha256 };
}
