import { type ClientRequest, type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";

export interface TusAnswer {
  readonly status: number;
  readonly body: string;
  readonly location: string | undefined;
  /** Of `Upload-Offset`; null where there is none. */
  readonly offset: number | null;
  readonly retryAfter: string | undefined;
}

export interface Place {
  readonly port: number;
  readonly key: string;
}

/** A PATCH under way. */
export interface Patch {
  write(part: Buffer): void;
  /** Ends the line in the middle. */
  cut(): void;
  readonly answer: Promise<TusAnswer>;
}

export async function tusCall(
  place: Place,
  method: string,
  path: string,
  { headers = {}, body }: { headers?: Record<string, string>; body?: Buffer } = {},
): Promise<TusAnswer> {
  const length = body ? { "Content-Length": body.length } : {};
  const sent = begin(place, method, path, { ...length, ...headers });
  sent.end(body);
  return answerTo(sent);
}

export function openPatch(
  place: Place,
  path: string,
  { offset, sizeBytes }: { offset: number; sizeBytes: number },
): Patch {
  const sent = begin(place, "PATCH", path, {
    "Content-Type": "application/offset+octet-stream",
    "Content-Length": sizeBytes,
    "Upload-Offset": offset,
  });
  sent.flushHeaders();
  return {
    write: (part) => void sent.write(part),
    cut: () => void sent.destroy(),
    answer: answerTo(sent),
  };
}

function begin(
  { port, key }: Place,
  method: string,
  path: string,
  headers: Record<string, string | number>,
): ClientRequest {
  return request({
    ...{ port, method, path, host: "127.0.0.1", agent: false },
    headers: { Authorization: `Bearer ${key}`, "Tus-Resumable": "1.0.0", ...headers },
  });
}

async function answerTo(sent: ClientRequest): Promise<TusAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  sent.once("response", resolve).on("error", reject);
  const answer = await promise;
  const offset = answer.headers["upload-offset"];
  return {
    status: answer.statusCode ?? 0,
    body: await text(answer),
    location: answer.headers.location,
    offset: typeof offset === "string" ? Number(offset) : null,
    retryAfter: answer.headers["retry-after"],
  };
}
