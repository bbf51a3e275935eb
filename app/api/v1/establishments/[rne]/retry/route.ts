import { json, methods, withCredential } from "#hosting/api/route.ts";
import { retryStep } from "#hosting/establishment/retry.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: withCredential(["establishment"], async ({ context, establishment, author }) => {
    return json(await retryStep(context, { establishment, author }));
  }),
});
