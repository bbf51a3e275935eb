import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "#prisma/generated/client.ts";

export type Database = PrismaClient;

/** The client inside an interactive transaction. */
export type Transaction = Parameters<Parameters<PrismaClient["$transaction"]>[0]>[0];

export interface DatabaseOptions {
  readonly maxConnections?: number;
  readonly onPoolError?: (error: Error) => void;
}

/** Opens a pool on PostgreSQL. A statement is ended after 30 s, an attempt to connect after 10 s. */
export function openDatabase(connectionString: string, options: DatabaseOptions = {}): Database {
  const adapter = new PrismaPg(
    {
      connectionString,
      max: options.maxConnections ?? 10,
      connectionTimeoutMillis: 10_000,
      idleTimeoutMillis: 60_000,
      statement_timeout: 30_000,
    },
    { onPoolError: options.onPoolError ?? (() => {}) },
  );
  return new PrismaClient({ adapter, transactionOptions: { maxWait: 10_000, timeout: 20_000 } });
}
