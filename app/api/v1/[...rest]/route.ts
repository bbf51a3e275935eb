import { answering } from "#hosting/api/route.ts";
import { Refusal } from "#hosting/refusal.ts";

const unknownAddress = answering(async () => {
  throw new Refusal("not_found", { detail: "Cette adresse n’existe pas dans l’API." });
});

export const GET = unknownAddress;
export const POST = unknownAddress;
export const PUT = unknownAddress;
export const PATCH = unknownAddress;
export const DELETE = unknownAddress;
