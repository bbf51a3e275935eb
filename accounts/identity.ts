import type { AccountsContext } from "./context.ts";

/** Who someone is, as of now: roles are looked up at each request and never kept in the session. */
export interface Identity {
  readonly email: string;
  readonly isStaff: boolean;
  readonly isOperator: boolean;
  /** The schools whose contact this is. */
  readonly rnes: readonly string[];
}

type RoleSources = Pick<AccountsContext, "staffEmails" | "operatorEmails" | "listSchoolRnes">;

/** Null for an address that opens nothing here. */
export async function findIdentity(ctx: RoleSources, address: string): Promise<Identity | null> {
  const email = normaliseEmail(address);
  const identity: Identity = {
    email,
    isStaff: ctx.staffEmails.includes(email),
    isOperator: ctx.operatorEmails.includes(email),
    rnes: await ctx.listSchoolRnes(email),
  };
  return identity.isStaff || identity.isOperator || identity.rnes.length > 0 ? identity : null;
}

export function canAccess(identity: Identity, rne: string): boolean {
  return identity.isStaff || identity.rnes.includes(rne);
}

export function normaliseEmail(address: string): string {
  return address.trim().toLowerCase();
}
