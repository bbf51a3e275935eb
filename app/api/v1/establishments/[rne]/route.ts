import { EstablishmentChangesSchema } from "#contract/establishment.ts";
import { parseJsonBody } from "#hosting/api/json-body.ts";
import { json, methods, withCredential } from "#hosting/api/route.ts";
import { viewResponse } from "#hosting/api/view-response.ts";
import { alterEstablishment } from "#hosting/establishment/alter.ts";
import { requestDeletion } from "#hosting/establishment/request-deletion.ts";
import { buildView } from "#hosting/establishment/view.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: withCredential(["platform", "establishment"], async ({ context, request, establishment }) => {
    return viewResponse(await buildView(context, establishment), request, context.clock.now());
  }),
  PUT: withCredential(["establishment"], async ({ context, request, establishment, author }) => {
    const changes = await parseJsonBody(request, EstablishmentChangesSchema);
    return json(await alterEstablishment(context, { establishment, changes, author }));
  }),
  DELETE: withCredential(["establishment"], async ({ context, establishment, author }) => {
    return json(await requestDeletion(context, { establishment, author }));
  }),
});
