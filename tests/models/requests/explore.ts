import fc from "fast-check";
import { zipOfBase } from "#tests/archives/zips.ts";
import type { Deployment } from "#tests/deployment/deployment.ts";
import { readServedDocument, type ServedDocument } from "./document.ts";
import { findFault } from "./judge.ts";
import { arbitraryPlan, type Plan } from "./plan.ts";
import { type Incoming, type Outgoing, send, toOutgoing } from "./send.ts";
import { World } from "./world.ts";

const AT_ONCE = 24;

/** What came of some generated requests. */
export interface Explored {
  readonly sent: number;
  /** Answers that are no answers, or not what the document says; and what the server logged as its own failure. */
  readonly faults: readonly string[];
  /** How often each status was answered, by operation. */
  readonly statuses: ReadonlyMap<string, Readonly<Record<number, number>>>;
  readonly document: ServedDocument;
}

/** Sends generated requests, each with what the earlier answers have taught, until all are sent or the time is over. */
export async function exploreRequests(
  deployment: Deployment,
  {
    seed,
    requests,
    timeLimitMs = Number.POSITIVE_INFINITY,
  }: { seed: number; requests: number; timeLimitMs?: number },
): Promise<Explored> {
  const document = await readServedDocument(deployment.url);
  const endsAt = performance.now() + timeLimitMs;
  const world = new World(deployment.platformKey, await zipOfBase("data", 400));
  const printedBefore = deployment.output().length;
  const faults: string[] = [];
  const statuses = new Map<string, Record<number, number>>();
  const queue = fc.sample(arbitraryPlan(document), { numRuns: requests, seed }).values();
  let sent = 0;
  const sendAll = async () => {
    for (const plan of queue) {
      if (performance.now() > endsAt) return;
      sent += 1;
      const outgoing = toOutgoing(plan, world);
      const answer = await send(deployment.port, outgoing).catch((failure: Error) => failure);
      const fault = answer instanceof Error ? answer.message : findFault(document, plan, outgoing, answer);
      if (fault) faults.push(`${fault}\n${tell(plan, outgoing, answer)}`);
      if (answer instanceof Error) continue;
      if (plan.method === plan.operation.method) count(statuses, plan, answer.status);
      // Its examples are keys that open nothing.
      if (plan.operation.operationId === "readDescription") continue;
      world.learn(plan.school, answer.body.toString("utf8"), asText(answer.headers.location));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sendAll));
  const logged = deployment.output().slice(printedBefore).split("\n");
  faults.push(...logged.filter((line) => line.includes("request failed")));
  return { sent, faults, statuses, document };
}

const asText = (value: string | string[] | undefined) => (typeof value === "string" ? value : undefined);

function tell(plan: Plan, sent: Outgoing, answer: Incoming | Error): string {
  const request = `${sent.method} ${sent.path.slice(0, 200)} as ${plan.credential} ${JSON.stringify(plan.headers).slice(0, 600)}`;
  const body = `${plan.body.kind} ${sent.body?.toString("latin1").slice(0, 200) ?? ""}`;
  const received =
    answer instanceof Error
      ? ""
      : `${answer.status} ${answer.headers["content-type"]} ${answer.body.toString("utf8").slice(0, 400)}`;
  return [request, body, received].join("\n");
}

function count(statuses: Map<string, Record<number, number>>, plan: Plan, status: number): void {
  const ofOperation = statuses.get(plan.operation.operationId) ?? {};
  ofOperation[status] = (ofOperation[status] ?? 0) + 1;
  statuses.set(plan.operation.operationId, ofOperation);
}
