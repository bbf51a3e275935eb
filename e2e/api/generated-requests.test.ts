import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Deployment, startDeployment } from "#e2e/deployment/deployment.ts";
import { zipOfBase } from "./archives.ts";
import { readServedDocument } from "./generated/document.ts";
import { findFault } from "./generated/judge.ts";
import { arbitraryPlan, type Plan } from "./generated/plan.ts";
import { type Incoming, type Outgoing, send, toOutgoing } from "./generated/send.ts";
import { World } from "./generated/world.ts";

const REQUESTS = 10_000;
const AT_ONCE = 24;
const TIME_LIMIT_MS = 240_000;
const MOST_FAULTS_SHOWN = 10;
// A failed step seldom waits to be retried; with no grace period, a deletion cannot be taken back.
const RARELY_DONE = ["retryStep", "cancelDeletion"];
/** What requests of a moment cannot bring about, and who does. */
const SEEN_ELSEWHERE: Readonly<Record<string, string>> = {
  408: "a sender that falls silent: the deposit's own tests",
  410: "an archive past its date: the download's own tests",
  429: "somebody who guesses: the addresses' tests",
  500: "a disk that fails: the deposit's own tests",
  503: "a database that is away, a process that leaves: the crash run",
  507: "a full disk: the deposit's own tests",
};
// GENERATED_SEED explores other requests.
const seed = Number(process.env.GENERATED_SEED ?? 1);

let deployment: Deployment;
beforeAll(async () => {
  const environment = { DELETION_GRACE_MINUTES: "0", UPLOAD_MAX_BYTES: "1000000" };
  deployment = await startDeployment({ environment });
});
afterAll(() => deployment.stop());

it(
  `${REQUESTS} generated requests: no failure, nothing but what the document says (seed ${seed})`,
  async () => {
    const document = await readServedDocument(deployment.url);
    const plans = fc.sample(arbitraryPlan(document), { numRuns: REQUESTS, seed });
    const world = new World(deployment.platformKey, await zipOfBase("data", 400));
    const faults: string[] = [];
    const statuses = new Map<string, Record<number, number>>();
    const queue = plans.values();
    const startedAt = performance.now();
    const sendAll = async () => {
      for (const plan of queue) {
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
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    report(`${REQUESTS} requests in ${seconds} s, seed ${seed}`, statuses);
    const logged = deployment
      .output()
      .split("\n")
      .filter((line) => line.includes("request failed"));
    faults.push(...logged);
    expect(faults.slice(0, MOST_FAULTS_SHOWN), `${faults.length} faults`).toEqual([]);
    // With requests that are all refused, none of this would prove much.
    const neverDone = document.operations
      .map((operation) => operation.operationId)
      .filter((id) => !RARELY_DONE.includes(id))
      .filter((id) => !Object.keys(statuses.get(id) ?? {}).some((status) => Number(status) < 300));
    expect(neverDone).toEqual([]);
    const documented = new Set(document.operations.flatMap(({ responses }) => Object.keys(responses)));
    const seen = new Set([...statuses.values()].flatMap((byStatus) => Object.keys(byStatus)));
    const unseen = [...documented].filter((status) => !seen.has(status) && !(status in SEEN_ELSEWHERE));
    expect(unseen, "documented, and answered to none of the requests").toEqual([]);
  },
  TIME_LIMIT_MS,
);

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

function report(title: string, statuses: Map<string, Record<number, number>>): void {
  const lines = [...statuses].map(([id, byStatus]) => `  ${id}: ${JSON.stringify(byStatus)}`);
  process.stdout.write(`${[title, ...lines].join("\n")}\n`);
}
