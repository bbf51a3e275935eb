import type { HostingDatabase } from "#hosting/context.ts";
import { ProvisionerFailure } from "#hosting/provisioner/port.ts";
import { failureCode } from "#platform/failure.ts";

export interface PortLeases {
  /** The establishment's port: the one it has, or the lowest free one of the range. */
  lease(rne: string): Promise<number>;
  release(rne: string): Promise<void>;
}

/** Ports of a range, each leased to one establishment, in PostgreSQL. */
export function createPortLeases(
  db: Pick<HostingDatabase, "portLease" | "$queryRaw">,
  { first, last }: { first: number; last: number },
): PortLeases {
  return {
    lease: async (rne) => {
      for (;;) {
        const own = await db.portLease.findUnique({ where: { rne } });
        if (own && own.port >= first && own.port <= last) return own.port;
        const [free] = await db.$queryRaw<{ port: number }[]>`
          SELECT candidate AS port FROM generate_series(${first}::int, ${last}::int) AS candidate
          WHERE NOT EXISTS (SELECT 1 FROM hosting."PortLease" WHERE port = candidate) ORDER BY candidate LIMIT 1`;
        if (!free)
          throw new ProvisionerFailure(`no free port between ${first} and ${last}`, { isTransient: true });
        try {
          if (own) await db.portLease.delete({ where: { rne } });
          await db.portLease.create({ data: { rne, port: free.port } });
          return free.port;
        } catch (failure) {
          // Someone else took it in between: look again.
          if (failureCode(failure) !== "P2002") throw failure;
        }
      }
    },
    release: async (rne) => {
      await db.portLease.deleteMany({ where: { rne } });
    },
  };
}
