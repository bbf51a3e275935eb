import { buildOpenApiDocument } from "#hosting/api/openapi/document.ts";
import { answering, json, methods } from "#hosting/api/route.ts";

// Public and the same for everybody: tools on other sites may read it, and anyone may keep it for a while.
const SHARED = { "Cache-Control": "public, max-age=300", "Access-Control-Allow-Origin": "*" };

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: answering(async ({ context }) =>
    json(buildOpenApiDocument({ publicUrl: context.settings.PUBLIC_URL }), SHARED),
  ),
});
