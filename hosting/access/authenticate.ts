import { RneSchema } from "#contract/rne.ts";
import type { HostingContext } from "#hosting/context.ts";
import { Refusal } from "#hosting/refusal.ts";
import { equalInConstantTime } from "#platform/crypto.ts";
import type { Establishment } from "#prisma/generated/client.ts";
import { deriveEstablishmentKey, isLiveUploadToken } from "./keys.ts";

export type CredentialKind = "platform" | "establishment" | "upload";

export interface Access {
  readonly credential: CredentialKind;
  readonly establishment: Establishment;
}

export function isPlatformKey(context: HostingContext, authorization: string | null): boolean {
  const presented = bearer(authorization);
  return presented !== null && equalInConstantTime(presented, context.settings.PLATFORM_KEY);
}

/**
 * Whose request this is, among the credentials that the call accepts. An unknown RNE, a wrong credential and a
 * credential of the wrong kind are refused alike; only the platform key learns that an RNE is unknown.
 */
export async function authenticate(
  context: HostingContext,
  request: { rne: string; authorization: string | null },
  accepted: readonly CredentialKind[],
): Promise<Access> {
  const presented = bearer(request.authorization);
  if (presented === null) throw new Refusal("unauthorized");
  const hasPlatformKey = accepted.includes("platform") && isPlatformKey(context, request.authorization);
  const rne = RneSchema.safeParse(request.rne);
  const establishment = rne.success
    ? await context.db.establishment.findUnique({ where: { rne: rne.data } })
    : null;
  if (hasPlatformKey) {
    if (!establishment) throw new Refusal("not_found");
    return { credential: "platform", establishment };
  }
  // The comparison is made for an unknown RNE too, so that time does not tell.
  const owner = establishment ?? { rne: request.rne, cycle: 0, keyVersion: 0 };
  const credential = ownCredential(context, owner, presented);
  if (!establishment || !credential || !accepted.includes(credential)) throw new Refusal("unauthorized");
  return { credential, establishment };
}

function ownCredential(
  context: HostingContext,
  owner: Pick<Establishment, "rne" | "cycle" | "keyVersion">,
  presented: string,
): "establishment" | "upload" | null {
  const { SECRET_KEY } = context.settings;
  if (equalInConstantTime(presented, deriveEstablishmentKey(SECRET_KEY, owner))) return "establishment";
  return isLiveUploadToken(SECRET_KEY, owner, presented, context.clock.now()) ? "upload" : null;
}

function bearer(authorization: string | null): string | null {
  return /^Bearer +([\w~+/.=-]{1,200})$/i.exec(authorization ?? "")?.[1] ?? null;
}
