import type { z } from "zod";
import { UploadTokenSchema } from "#contract/deposit.ts";
import {
  ChangesSchema,
  CreatedEstablishmentSchema,
  EstablishmentViewSchema,
} from "#contract/establishment.ts";
import { type Answer, type Call, callHosting } from "./call.ts";
import { HostingUnavailable, isHostingMisaddressed, isHostingRefused } from "./failures.ts";
import type { HostingClient, ReadView } from "./port.ts";

const TIMEOUT_MS = 10_000;

export function createHostingClient(options: {
  baseUrl: string;
  platformKey: string;
  timeoutMs?: number;
}): HostingClient {
  const { baseUrl, platformKey, timeoutMs = TIMEOUT_MS } = options;
  const call = (request: Call) => callHosting({ baseUrl, timeoutMs }, request);
  const callForView = async (request: Call): Promise<ReadView> => toReadView(await call(request));
  const path = (rne: string, rest = "") => `/establishments/${encodeURIComponent(rne)}${rest}`;
  return {
    createEstablishment: async (body) => {
      const answer = await call({ method: "POST", path: "/establishments", credential: platformKey, body });
      const { key, ...view } = parse(CreatedEstablishmentSchema, answer);
      return { view, key, etag: answer.etag, retryAfterSeconds: answer.retryAfterSeconds };
    },
    readView: async ({ rne, etag }) => {
      const answer = await call({ method: "GET", path: path(rne), credential: platformKey, etag });
      if (answer.status === 304) return { status: "unchanged", retryAfterSeconds: answer.retryAfterSeconds };
      return { status: "changed", ...toReadView(answer) };
    },
    change: ({ rne, key, changes }) =>
      callForView({ method: "PUT", path: path(rne), credential: key, body: changes }),
    requestDeletion: ({ rne, key }) => callForView({ method: "DELETE", path: path(rne), credential: key }),
    cancelDeletion: ({ rne, key }) =>
      callForView({ method: "POST", path: path(rne, "/cancel-deletion"), credential: key }),
    retry: ({ rne, key }) => callForView({ method: "POST", path: path(rne, "/retry"), credential: key }),
    createUploadToken: async ({ rne, key }) =>
      parse(
        UploadTokenSchema,
        await call({ method: "POST", path: path(rne, "/upload-tokens"), credential: key }),
      ),
    findChanges: async ({ changedSince, limit }) => {
      const query = new URLSearchParams({
        ...(changedSince === null ? {} : { changedSince }),
        limit: String(limit),
      });
      try {
        const answer = await call({
          method: "GET",
          path: `/establishments?${query}`,
          credential: platformKey,
        });
        return parse(ChangesSchema, answer);
      } catch (failure) {
        if (saysThereIsNoFeed(failure)) return null;
        throw failure;
      }
    },
  };
}

function saysThereIsNoFeed(failure: unknown): boolean {
  const isAnswer = isHostingRefused(failure) || isHostingMisaddressed(failure);
  return isAnswer && (failure.status === 404 || failure.status === 405);
}

function toReadView(answer: Answer): ReadView {
  const { etag, retryAfterSeconds } = answer;
  return { view: parse(EstablishmentViewSchema, answer), etag, retryAfterSeconds };
}

/** An answer that is not the contract's is no answer: the last good one is kept, and it is asked again. */
function parse<Schema extends z.ZodType>(schema: Schema, answer: Answer): z.output<Schema> {
  const parsed = schema.safeParse(answer.body);
  if (parsed.success) return parsed.data;
  const paths = parsed.error.issues.map((issue) => issue.path.join(".")).join(", ");
  throw new HostingUnavailable(`the answer is not the contract's (${paths || "no JSON"})`);
}
