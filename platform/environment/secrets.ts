import { randomBytes } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const SecretsSchema = z.object({
  PLATFORM_KEY: z.string(),
  SECRET_KEY: z.string(),
  WEBHOOK_SECRET: z.string(),
});

/** The secrets that nobody configured, made once and kept in a file of mode 0600. */
export function loadOrCreateSecrets(dataDirectory: string): z.infer<typeof SecretsSchema> {
  mkdirSync(dataDirectory, { recursive: true });
  const path = join(dataDirectory, "secrets.json");
  try {
    return SecretsSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
  }
  const temporaryPath = `${path}.${process.pid}`;
  const file = openSync(temporaryPath, "w", 0o600);
  writeSync(
    file,
    JSON.stringify({
      PLATFORM_KEY: randomBytes(32).toString("hex"),
      SECRET_KEY: randomBytes(32).toString("hex"),
      WEBHOOK_SECRET: `whsec_${randomBytes(32).toString("base64")}`,
    }),
  );
  fsyncSync(file);
  closeSync(file);
  try {
    // A link fails when the name exists: two processes that start together end with the same secrets.
    linkSync(temporaryPath, path);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    rmSync(temporaryPath, { force: true });
  }
  return SecretsSchema.parse(JSON.parse(readFileSync(path, "utf8")));
}
