import { ChangesQuerySchema, CreateEstablishmentSchema } from "#contract/establishment.ts";
import { parseJsonBody, parseWith } from "#hosting/api/json-body.ts";
import { json, methods, withPlatformKey } from "#hosting/api/route.ts";
import { createEstablishment } from "#hosting/establishment/create.ts";
import { listChanges } from "#hosting/establishment/list-changes.ts";

// The customer's specification: 200 on success and 404 on every refusal, told apart by the problem's code.
const REFUSED = { refusalStatus: 404 };

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: withPlatformKey(async ({ context, request }) => {
    const query = Object.fromEntries(new URL(request.url).searchParams);
    return json(await listChanges(context, parseWith(ChangesQuerySchema, query)));
  }),
  POST: withPlatformKey(async ({ context, request }) => {
    return json(await createEstablishment(context, await parseJsonBody(request, CreateEstablishmentSchema)));
  }, REFUSED),
});
