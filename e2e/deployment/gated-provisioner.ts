import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";

// A provisioner's program that waits at `{rne}.{operation}.hold` and fails at `{rne}.{operation}.fail`.
const InputSchema = z.object({ operation: z.string(), target: z.object({ rne: z.string() }) });

const ANSWERS: Record<string, unknown> = {
  open: { host: "bcdi.example", port: 20_000, serverName: "bcdi", serverVersion: "1", bases: [] },
  archive: { archives: [] },
};

const [gatesDirectory = ""] = process.argv.slice(2);
const { operation, target } = InputSchema.parse(JSON.parse(readFileSync(0, "utf8")));
const gate = (word: string) => join(gatesDirectory, `${target.rne}.${operation}.${word}`);
while (existsSync(gate("hold"))) await wait(25);
if (existsSync(gate("fail"))) process.exit(1);
process.stdout.write(JSON.stringify(ANSWERS[operation] ?? null));
