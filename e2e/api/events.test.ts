import { randomBytes, randomUUID } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { StateChangedEvent } from "#contract/events.ts";
import { type Deployment, startDeployment } from "#tests/deployment/deployment.ts";

const WEBHOOK_SECRET = `whsec_${randomBytes(32).toString("base64")}`;
const SINCE = "2026-11-23T10:05:00.000Z";
const EVENT: StateChangedEvent = {
  type: "establishment.state_changed",
  timestamp: SINCE,
  data: { rne: "0350024L", state: "BCDIDBWAIT", stateCode: "2", since: SINCE },
};

let deployment: Deployment;
beforeAll(async () => {
  deployment = await startDeployment({ environment: { WEBHOOK_SECRET } });
});
afterAll(() => deployment.stop());

interface Sent {
  readonly id?: string;
  readonly at?: Date;
  readonly body?: string;
  readonly secret?: string;
  /** Of the body that was signed. */
  readonly signed?: string;
}

async function post({
  id = `evt_${randomUUID()}`,
  at = new Date(),
  secret = WEBHOOK_SECRET,
  ...sent
}: Sent = {}) {
  const body = sent.body ?? JSON.stringify(EVENT);
  const answer = await fetch(`${deployment.url}/api/cyber/events`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
      "webhook-signature": new Webhook(secret).sign(id, at, sent.signed ?? body),
    },
    body,
  });
  return answer.status;
}

describe("the bookshop's receiver", () => {
  it("takes an event, a repeated one too, and one of a school that it does not know", async () => {
    const id = `evt_${randomUUID()}`;
    expect([await post({ id }), await post({ id })]).toEqual([204, 204]);
  });

  it("takes what later versions may send: asked again, it would not know more of it", async () => {
    expect(
      await post({ body: JSON.stringify({ type: "establishment.renamed", timestamp: SINCE, data: {} }) }),
    ).toBe(204);
  });

  it.each<[string, Sent]>([
    ["signed with another secret", { secret: `whsec_${randomBytes(32).toString("base64")}` }],
    ["changed on its way", { signed: JSON.stringify({ ...EVENT, timestamp: "2026-11-23T10:05:01.000Z" }) }],
    ["from an hour ago", { at: new Date(Date.now() - 3_600_000) }],
    ["from an hour to come", { at: new Date(Date.now() + 3_600_000) }],
  ])("refuses one that is %s", async (_what, sent) => {
    expect(await post(sent)).toBe(401);
  });

  it("refuses one without a signature, and one too long to be an event, before anything else", async () => {
    const answer = await fetch(`${deployment.url}/api/cyber/events`, { method: "POST", body: "{}" });
    expect(answer.status).toBe(401);
    expect(await post({ body: JSON.stringify({ ...EVENT, padding: "x".repeat(70_000) }) })).toBe(413);
  });

  it("is not to be read, and says so", async () => {
    expect((await fetch(`${deployment.url}/api/cyber/events`)).status).toBe(405);
  });
});

describe("the host's own events", () => {
  it("arrive at this deployment's bookshop without any being left", async () => {
    const created = await fetch(`${deployment.url}/api/v1/establishments`, {
      method: "POST",
      headers: { Authorization: `Bearer ${deployment.platformKey}`, "Content-Type": "application/json" },
      body: JSON.stringify({ rne: "0350024L", griffe: "LYCEE", code: "ABCDEFGH", version: "CL" }),
    });
    expect(created.status).toBe(200);
    // A delivery that failed would be logged by the worker, with the reason.
    const view = async () => {
      const answer = await fetch(`${deployment.url}/api/v1/establishments/0350024L`, {
        headers: { Authorization: `Bearer ${deployment.platformKey}` },
      });
      return (await answer.json()).state;
    };
    await expect.poll(view, { interval: 200 }).toBe("BCDIDBWAIT");
    expect(deployment.output()).not.toMatch(/"job":"hosting\.deliver-event".*"job failed"/);
  });
});
