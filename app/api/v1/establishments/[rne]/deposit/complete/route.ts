import { json, methods, withCredential } from "#hosting/api/route.ts";
import { completeDeposit } from "#hosting/deposit/complete.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: withCredential(["establishment", "upload"], async ({ context, establishment, author }) => {
    return json(await completeDeposit(context, { establishment, author }));
  }),
});
