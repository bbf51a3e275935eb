import fc from "fast-check";
import type { Operation, ServedDocument } from "./document.ts";
import type { BodyPlan, CredentialKind } from "./plan.ts";
import { hostileHeader, hostileSegment, hostileValue, nearlyValid, validValue } from "./values.ts";

/** The rare value comes `weight` times in a hundred. */
export const rarely = <Value>(weight: number, usual: fc.Arbitrary<Value>, rare: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 100 - weight, arbitrary: usual }, { weight, arbitrary: rare });

const noise: fc.Arbitrary<Record<string, string>> = fc.dictionary(
  fc.constantFrom(
    ...[
      "accept",
      "accept-encoding",
      "accept-language",
      "cookie",
      "origin",
      "x-http-method-override",
      "if-match",
    ],
    ...["x-forwarded-host", "x-forwarded-proto", "forwarded", "next-router-state-tree", "next-url"],
    ...["next-action", "x-middleware-subrequest", "x-nextjs-data", "next-router-prefetch", "x-invoke-path"],
    ...[
      "if-none-match",
      "if-modified-since",
      "range",
      "upload-defer-length",
      "upload-concat",
      "content-encoding",
    ],
  ),
  fc.oneof(hostileHeader, fc.constantFrom("1", "PATCH", "gzip", 'W/"x"', "https", "[]")),
  { maxKeys: 3 },
);

export function segmentsOf(operation: Operation): fc.Arbitrary<Record<string, string | null>> {
  const names = operation.parameters.filter((one) => one.in === "path").map((one) => one.name);
  const segment = rarely<string | null>(12, fc.constant(null), hostileSegment);
  return fc.record(Object.fromEntries(names.map((name) => [name, segment])));
}

export function queryOf(operation: Operation): fc.Arbitrary<string> {
  const known = operation.parameters
    .filter((one) => one.in === "query")
    .map((one) =>
      rarely<unknown>(20, validValue(one.schema), fc.oneof(hostileHeader, hostileSegment)).map((value) => [
        `${one.name}=${encodeURIComponent(String(value))}`,
      ]),
    );
  const others = fc.array(fc.constantFrom("limit=5", "inconnu=1", "changedSince=%C3%A9", "=", "%zz=%"), {
    maxLength: 2,
  });
  return fc
    .tuple(rarely<string[]>(10, fc.constant([]), others), ...known.map((one) => fc.option(one, { nil: [] })))
    .map((parts) => parts.flat().join("&"))
    .map((query) => (query ? `?${query}` : ""));
}

/** What a tus client sends. */
const RIGHT_HEADERS: Record<string, fc.Arbitrary<string>> = {
  "Tus-Resumable": fc.constant("1.0.0"),
  "Upload-Length": fc.constantFrom("base", "base", "base", "0", "10", "1000", "2000000"),
  "Upload-Offset": fc.constantFrom("0", "0", "0", "base", "7"),
  Range: fc.constantFrom("bytes=0-9", "bytes=5-", "bytes=-3"),
  "Upload-Metadata": fc
    .constantFrom("data.zip", "travperso.zip", "manuels.zip")
    .map((name) => `filename ${btoa(name)}`),
};

export function headersOf(operation: Operation): fc.Arbitrary<Record<string, string>> {
  const names = operation.parameters.filter((one) => one.in === "header").map((one) => one.name);
  const [mediaType] = Object.keys(operation.requestBody?.content ?? {});
  const isTus = names.includes("Tus-Resumable");
  const known = names.map((name) => [name, rarely(6, RIGHT_HEADERS[name] ?? hostileHeader, hostileHeader)]);
  const types = fc.constantFrom(
    "text/plain",
    "application/json; charset=utf-16",
    "multipart/form-data",
    "",
    "é",
  );
  const own = fc.record(
    Object.fromEntries([
      ...known,
      ...(mediaType ? [["Content-Type", rarely(6, fc.constant(mediaType), types)]] : []),
    ]),
    isTus ? {} : { requiredKeys: [] },
  );
  return fc
    .tuple(rarely<Record<string, string>>(10, fc.constant({}), noise), own)
    .map(([some, others]) => ({ ...some, ...others }));
}

export function bodyOf(operation: Operation, document: ServedDocument): fc.Arbitrary<BodyPlan> {
  const [media] = Object.entries(operation.requestBody?.content ?? {});
  const bytes = fc.uint8Array({ maxLength: 300 }).map((some): BodyPlan => ({ kind: "bytes", bytes: some }));
  const json = (value: fc.Arbitrary<unknown>) =>
    value.map((some): BodyPlan => ({ kind: "json", value: some }));
  const none = fc.constant<BodyPlan>({ kind: "none" });
  if (!media) return rarely(5, none, fc.oneof(bytes, json(hostileValue)));
  const [mediaType, { schema }] = media;
  if (mediaType !== "application/json")
    return fc.oneof({ weight: 4, arbitrary: fc.constant<BodyPlan>({ kind: "base" }) }, bytes, {
      weight: 3,
      arbitrary: none,
    });
  const valid = validValue(document.resolve(schema));
  const texts = [
    "",
    "{",
    "[".repeat(20_000),
    '{"a":1e999}',
    '{"rne":"\\ud800"}',
    '{"__proto__":{"rne":1}}',
    "nul",
    "\ufeff{}",
  ];
  return fc.oneof(
    {
      weight: 8,
      arbitrary: fc.constant<BodyPlan>({
        kind: operation.operationId === "orderDeposit" ? "order" : "licence",
      }),
    },
    { weight: 6, arbitrary: json(valid) },
    { weight: 6, arbitrary: json(nearlyValid(valid)) },
    { weight: 2, arbitrary: json(hostileValue) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom(...texts)
        .map((text): BodyPlan => ({ kind: "bytes", bytes: Buffer.from(text) })),
    },
    { weight: 1, arbitrary: bytes },
    { weight: 1, arbitrary: fc.constant<BodyPlan>({ kind: "huge" }) },
  );
}

const KIND_OF: Record<string, CredentialKind> = {
  platformKey: "platform",
  establishmentKey: "own",
  uploadToken: "token",
};

export function credentialOf(operation: Operation): fc.Arbitrary<CredentialKind> {
  const right = operation.credentials.flatMap((name) => KIND_OF[name] ?? []);
  const wrong = fc.constantFrom<CredentialKind>(
    "platform",
    "own",
    "token",
    "other",
    "garbage",
    "malformed",
    "none",
    "none",
  );
  return right.length > 0 ? rarely(18, fc.constantFrom(...right), wrong) : wrong;
}
