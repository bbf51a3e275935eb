import type { UploadToken } from "#contract/deposit.ts";
import type {
  Changes,
  CreateEstablishment,
  EstablishmentChanges,
  EstablishmentView,
} from "#contract/establishment.ts";

/** A view as it was answered, with what helps to ask again. */
export interface ReadView {
  readonly view: EstablishmentView;
  readonly etag: string | null;
  /** `Retry-After`: when asking again is worth it. */
  readonly retryAfterSeconds: number | null;
}

export type ReadResult =
  | { readonly status: "unchanged"; readonly retryAfterSeconds: number | null }
  | ({ readonly status: "changed" } & ReadView);

/** One establishment and the key that opens it. */
export interface Keyed {
  readonly rne: string;
  readonly key: string;
}

/**
 * The only door to HOSTING. Every call may throw HostingRefused, HostingUnavailable or HostingMisaddressed.
 */
export interface HostingClient {
  /** With the platform key. Idempotent: the same data give the same key. */
  createEstablishment(body: CreateEstablishment): Promise<ReadView & { readonly key: string }>;
  /** With the platform key; conditional when an entity tag is given. */
  readView(request: { rne: string; etag: string | null }): Promise<ReadResult>;
  change(request: Keyed & { changes: EstablishmentChanges }): Promise<ReadView>;
  requestDeletion(request: Keyed): Promise<ReadView>;
  cancelDeletion(request: Keyed): Promise<ReadView>;
  retry(request: Keyed): Promise<ReadView>;
  createUploadToken(request: Keyed): Promise<UploadToken>;
  /** With the platform key: the changes feed, oldest first. Null when this provider has no feed. */
  findChanges(request: { changedSince: string | null; limit: number }): Promise<Changes | null>;
}
