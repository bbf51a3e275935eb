import type { IncomingMessage, ServerResponse } from "node:http";
import send from "send";
import { z } from "zod";
import { toProblem } from "#hosting/api/problems.ts";
import type { HostingContext } from "#hosting/context.ts";
import { Refusal } from "#hosting/refusal.ts";
import { archiveDirectory } from "./archive-directory.ts";
import { attachment } from "./content-disposition.ts";
import { isGenuineDownload } from "./download-url.ts";
import { applyStrongConditions, NOT_AS_SUPPOSED } from "./strong-conditions.ts";

const ADDRESS = /^\/api\/v1\/downloads\/([^/]+)\/([^/]+)\/[^/]*$/;

/** What would speak of an archive that is not served. */
const OF_THE_ARCHIVE = ["Content-Disposition", "ETag", "Last-Modified", "Accept-Ranges"];

export interface DownloadEndpoint {
  matches(request: IncomingMessage): boolean;
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** Archives, whole or by Range, straight from the disk. The address itself is the permission, until its date. */
export function createDownloadEndpoint(context: HostingContext): DownloadEndpoint {
  return {
    matches: (request) => ADDRESS.test(pathOf(request)),
    handle: async (request, response) => {
      try {
        await serve(context, request, response);
      } catch (failure) {
        const { refusal, status } = refusalOf(failure);
        const { document, headers } = toProblem(refusal, context.log, status);
        for (const name of OF_THE_ARCHIVE) response.removeHeader(name);
        if (failure instanceof Refusal && failure.code === "method_not_allowed")
          response.setHeader("Allow", "GET, HEAD");
        response.writeHead(document.status, headers);
        response.end(request.method === "HEAD" ? undefined : JSON.stringify(document));
      }
    },
  };
}

const CONDITION_DETAILS = {
  412: NOT_AS_SUPPOSED,
  416: "Le morceau demandé (Range) est au-delà de la fin de l’archive.",
} as const;
const ConditionFailure = z.object({ status: z.union([z.literal(412), z.literal(416)]) });

/** RFC 9110, 13.1.4 and 15.5.17: a condition that does not hold, a range beyond the end. */
function refusalOf(failure: unknown): { refusal: unknown; status?: number } {
  const failed = ConditionFailure.safeParse(failure);
  if (!failed.success) return { refusal: failure };
  const { status } = failed.data;
  const code = status === 412 ? "precondition_failed" : "invalid_request";
  return { refusal: new Refusal(code, { detail: CONDITION_DETAILS[status] }), status };
}

const pathOf = (request: IncomingMessage): string => (request.url ?? "/").split("?", 1)[0] ?? "/";

async function serve(
  context: HostingContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== "GET" && request.method !== "HEAD") throw new Refusal("method_not_allowed");
  const [, id = "", signature = ""] = ADDRESS.exec(pathOf(request)) ?? [];
  const isId = z.uuid().safeParse(id).success;
  const download = isId ? await context.db.download.findUnique({ where: { id } }) : null;
  if (!download || !isGenuineDownload(context, download, signature)) {
    throw new Refusal("not_found", { detail: "Ce lien de téléchargement n’est pas valable." });
  }
  if (download.removedAt || download.expiresAt <= context.clock.now()) {
    throw new Refusal("gone", {
      detail: "La date de fin de téléchargement est passée\u202f: cette archive n’est plus conservée.",
    });
  }
  const etag = `"${download.sha256}"`;
  applyStrongConditions(request, etag);
  response.setHeader("Content-Type", "application/zip");
  response.setHeader("Content-Disposition", attachment(download.fileName));
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("Cache-Control", "private, no-store");
  response.setHeader("ETag", etag);
  const options = {
    root: archiveDirectory(context, download),
    acceptRanges: true,
    cacheControl: false,
    dotfiles: "allow",
  } as const;
  await new Promise<void>((resolve, reject) => {
    response.once("close", resolve);
    send(request, `/${encodeURIComponent(download.storedName)}`, options)
      .once("error", reject)
      .pipe(response);
  });
}
