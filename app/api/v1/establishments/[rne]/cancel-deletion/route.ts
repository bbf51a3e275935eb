import { json, methods, withCredential } from "#hosting/api/route.ts";
import { cancelDeletion } from "#hosting/establishment/cancel-deletion.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: withCredential(["establishment"], async ({ context, establishment, author }) => {
    return json(await cancelDeletion(context, { establishment, author }));
  }),
});
