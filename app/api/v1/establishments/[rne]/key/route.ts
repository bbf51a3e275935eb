import { json, methods, withCredential } from "#hosting/api/route.ts";
import { rotateKey } from "#hosting/establishment/rotate-key.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: withCredential(["platform"], async ({ context, establishment }) =>
    json(await rotateKey(context, establishment)),
  ),
});
