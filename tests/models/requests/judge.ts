import { PROBLEM_MEDIA_TYPE, ProblemDocumentSchema } from "#contract/problem.ts";
import type { Operation, ResponseObject, ServedDocument } from "./document.ts";
import type { Plan } from "./plan.ts";
import type { Incoming, Outgoing } from "./send.ts";

const ACCEPTED_AS: Partial<Record<Plan["credential"], string>> = {
  platform: "platformKey",
  own: "establishmentKey",
  token: "uploadToken",
};

/** What is wrong with an answer; null when the document allows it. */
export function findFault(
  document: ServedDocument,
  plan: Plan,
  sent: Outgoing,
  answer: Incoming,
): string | null {
  if (answer.status >= 500) return "a failure";
  // Dots lead elsewhere: to where the redirection says.
  if (/\/%2e%2e(\/|\?|$)/.test(sent.path) && [308, 404].includes(answer.status)) return null;
  const candidates = document.operations.filter((operation) => hasAddress(operation, sent.path));
  const method = methodOf(sent, candidates);
  const operation = candidates.find((candidate) => candidate.method === method);
  if (!operation) return judgeOther(document, candidates, sent, method, answer);
  return (
    judgeCredential(plan, operation, answer) ?? judgeAnswer(document, operation.responses, answer, method)
  );
}

/** On uploads, POST stands for PATCH where a proxy lets no PATCH through. */
function methodOf({ method, headers }: Outgoing, candidates: readonly Operation[]): string {
  const isOverridden = method === "POST" && headers["x-http-method-override"] === "PATCH";
  return isOverridden && candidates.some(({ path }) => path.includes("/bases")) ? "PATCH" : method;
}

function hasAddress({ path }: Operation, sent: string): boolean {
  const [address = ""] = sent.slice("/api/v1".length).split("?", 1);
  if (!isReadable(address)) return false;
  const pattern = path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) =>
    name === "id" ? "[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}" : "[^/]+",
  );
  return new RegExp(`^${pattern.replaceAll(".", "\\.")}$`).test(address);
}

/** False for a broken encoding. */
function isReadable(address: string): boolean {
  try {
    return decodeURIComponent(address) !== "";
  } catch {
    return false;
  }
}

/** Addresses and methods that the document does not name. */
function judgeOther(
  document: ServedDocument,
  candidates: readonly Operation[],
  { method }: Outgoing,
  meant: string,
  answer: Incoming,
): string | null {
  const get = candidates.find((candidate) => candidate.method === "GET");
  if (method === "HEAD" && get) return judgeAnswer(document, get.responses, answer, "HEAD");
  if (method === "OPTIONS" && answer.status === 204 && answer.headers.allow) return null;
  if (answer.status === 405 && !answer.headers.allow) return "405 without Allow";
  if (![404, 405, 429].includes(answer.status))
    return `an unknown address or method (${meant}) is not refused`;
  return method === "HEAD" ? judgeEmpty(answer) : judgeProblem(answer);
}

/** Without a credential that opens the call, nothing but a refusal. */
function judgeCredential(plan: Plan, { credentials }: Operation, answer: Incoming): string | null {
  const isAccepted = credentials.includes(ACCEPTED_AS[plan.credential] ?? "");
  if (credentials.length === 0 || isAccepted || answer.status === 429) return null;
  if (answer.status === 401) return null;
  const problem = ProblemDocumentSchema.safeParse(parseJson(answer.body));
  if (problem.data?.code === "unauthorized") return null;
  return `the credential "${plan.credential}" is not refused`;
}

function judgeAnswer(
  document: ServedDocument,
  responses: Readonly<Record<string, ResponseObject>>,
  answer: Incoming,
  method: string,
): string | null {
  const response = responses[String(answer.status)];
  if (!response) return "a status that the document does not name";
  for (const [name, header] of Object.entries(response.headers)) {
    const value = answer.headers[name.toLowerCase()];
    if (value === undefined && header.required) return `no ${name}`;
    const typed = header.schema.type === "integer" && /^\d+$/.test(String(value)) ? Number(value) : value;
    const mistake = value === undefined ? null : document.findMistake(header.schema, typed);
    if (mistake) return `${name}: ${mistake}`;
  }
  const [media] = Object.entries(response.content);
  if (!media || method === "HEAD") return judgeEmpty(answer);
  const [mediaType, { schema }] = media;
  if (answer.headers["content-type"] !== mediaType) return `not ${mediaType}`;
  if (!mediaType.includes("json")) return null;
  const mistake = document.findMistake(schema, parseJson(answer.body));
  return mistake ?? (mediaType === PROBLEM_MEDIA_TYPE ? judgeProblem(answer) : null);
}

function judgeProblem(answer: Incoming): string | null {
  if (answer.headers["content-type"] !== PROBLEM_MEDIA_TYPE)
    return "a refusal that is not a problem document";
  const problem = ProblemDocumentSchema.safeParse(parseJson(answer.body));
  if (!problem.success) return "a refusal that is not a problem document";
  return problem.data.status === answer.status ? null : "a problem of another status";
}

function judgeEmpty(answer: Incoming): string | null {
  return answer.body.length === 0 ? null : "a body where there must be none";
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}
