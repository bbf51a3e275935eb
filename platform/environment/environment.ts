import { resolve } from "node:path";
import type { z } from "zod";
import { VariablesSchema } from "./schema.ts";
import { loadOrCreateSecrets } from "./secrets.ts";

/** Thrown when a variable is wrong: one line per mistake, fit to be printed. */
export class EnvironmentError extends Error {}

export type Side = "cyber" | "hosting";

/** The whole configuration, typed, every default filled in. Read once at start; the rest receives values. */
export interface Environment extends Omit<z.output<typeof VariablesSchema>, "DATABASE_URL" | "PUBLIC_URL"> {
  readonly PUBLIC_URL: string;
  readonly DATABASE_URL: string | undefined;
  readonly PLATFORM_KEY: string;
  readonly SECRET_KEY: string;
  readonly WEBHOOK_SECRET: string;
  readonly HOSTING_URL: string;
  readonly EMBED_ORIGINS: string[];
  /** Undefined where there is no CYBER to tell. */
  readonly WEBHOOK_URL: string | undefined;
}

/** Reads the variables; generated secrets are kept under DATA_DIR/secrets (mode 0600). */
export function readEnvironment(source: Record<string, string | undefined>): Environment {
  const given = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = VariablesSchema.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${String(issue.path[0])} ${issue.message}`);
    throw new EnvironmentError(`The configuration is wrong:\n${[...new Set(lines)].join("\n")}`);
  }
  const variables = parsed.data;
  if (variables.PROVISIONER === "command" && !variables.PROVISIONER_COMMAND) {
    throw new EnvironmentError(
      "The configuration is wrong:\n  PROVISIONER_COMMAND must be set when PROVISIONER is command",
    );
  }
  if (!variables.SIDES.includes("hosting") && (!variables.HOSTING_URL || !variables.PLATFORM_KEY)) {
    throw new EnvironmentError(
      "The configuration is wrong:\n  HOSTING_URL and PLATFORM_KEY must be set when SIDES is cyber: the API is elsewhere",
    );
  }
  const DATA_DIR = resolve(variables.DATA_DIR);
  const PUBLIC_URL = variables.PUBLIC_URL ?? `http://localhost:${variables.PORT}`;
  return {
    ...variables,
    ...fillSecrets(variables, DATA_DIR),
    DATA_DIR,
    DATABASE_URL: variables.DATABASE_URL,
    PUBLIC_URL,
    HOSTING_URL: variables.HOSTING_URL ?? PUBLIC_URL,
    EMBED_ORIGINS: variables.EMBED_ORIGINS ?? [new URL(PUBLIC_URL).origin],
    WEBHOOK_URL:
      variables.WEBHOOK_URL ??
      (variables.SIDES.includes("cyber") ? `${PUBLIC_URL}/api/cyber/events` : undefined),
  };
}

function fillSecrets(variables: z.output<typeof VariablesSchema>, dataDirectory: string) {
  const { PLATFORM_KEY, SECRET_KEY, WEBHOOK_SECRET } = variables;
  if (PLATFORM_KEY && SECRET_KEY && WEBHOOK_SECRET) return { PLATFORM_KEY, SECRET_KEY, WEBHOOK_SECRET };
  const generated = loadOrCreateSecrets(dataDirectory);
  return {
    PLATFORM_KEY: PLATFORM_KEY ?? generated.PLATFORM_KEY,
    SECRET_KEY: SECRET_KEY ?? generated.SECRET_KEY,
    WEBHOOK_SECRET: WEBHOOK_SECRET ?? generated.WEBHOOK_SECRET,
  };
}
