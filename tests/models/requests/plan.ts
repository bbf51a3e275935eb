import fc from "fast-check";
import type { Operation, ServedDocument } from "./document.ts";
import { bodyOf, credentialOf, headersOf, queryOf, rarely, segmentsOf } from "./parts.ts";

export type CredentialKind = "platform" | "own" | "token" | "other" | "garbage" | "malformed" | "none";
export type BodyPlan =
  | { readonly kind: "none" | "base" | "licence" | "order" | "huge" }
  | { readonly kind: "json"; readonly value: unknown }
  | { readonly kind: "bytes"; readonly bytes: Uint8Array };

/** A request to be: what depends on what was answered before (keys, files) is filled in when it leaves. */
export interface Plan {
  readonly operation: Operation;
  readonly school: number;
  readonly method: string;
  /** By the parameter's name; null for the true one. */
  readonly segments: Readonly<Record<string, string | null>>;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: BodyPlan;
  readonly credential: CredentialKind;
  /** Whose address the request says it comes from. */
  readonly sender: number;
}

const SCHOOLS = 12;
const SENDERS = 200;
/** How often a call comes, where it is not as often as the others: what ends things, and what opens them. */
const WEIGHTS: Partial<Record<string, number>> = {
  ...{ renewKey: 2, deleteEstablishment: 2, createEstablishment: 20, createUploadToken: 20, sendPart: 20 },
  ...{ readDeposit: 20, orderDeposit: 20, retryStep: 20 },
  ...{ createUpload: 30, describeUpload: 4, describeUploads: 4, readDescription: 4 },
};
const USUAL_WEIGHT = 10;
const ODD_METHODS = [
  "GET",
  "HEAD",
  "POST",
  "PUT",
  "PATCH",
  "DELETE",
  "OPTIONS",
  "TRACE",
  "PROPFIND",
  "QUERY",
];

/** Requests of every kind: right ones, nearly right ones and hostile ones. */
export function arbitraryPlan(document: ServedDocument): fc.Arbitrary<Plan> {
  const plans = document.operations.map((operation) => ({
    weight: WEIGHTS[operation.operationId] ?? USUAL_WEIGHT,
    arbitrary: fc.record({
      operation: fc.constant(operation),
      school: fc.nat(SCHOOLS - 1),
      method: rarely(4, fc.constant(operation.method), fc.constantFrom(...ODD_METHODS)),
      segments: segmentsOf(operation),
      query: queryOf(operation),
      headers: headersOf(operation),
      body: bodyOf(operation, document),
      credential: credentialOf(operation),
      sender: fc.nat(SENDERS - 1),
    }),
  }));
  return fc.oneof(...plans);
}
