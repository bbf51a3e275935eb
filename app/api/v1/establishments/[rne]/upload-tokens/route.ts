import { json, methods, withCredential } from "#hosting/api/route.ts";
import { issueUploadToken } from "#hosting/deposit/create-token.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: withCredential(["establishment", "upload"], async ({ context, establishment }) => {
    return json(issueUploadToken(context, establishment));
  }),
});
