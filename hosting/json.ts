import { Prisma } from "#prisma/generated/client.ts";

/** SQL's NULL for a JSON column, where a plain null would be JSON's. */
export const NOTHING = Prisma.DbNull;
