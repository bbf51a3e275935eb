import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { createSubscription } from "#cyber/establishment/create-subscription.ts";
import { type CyberTest, useCyber, ZOLA } from "#tests/cyber/use-cyber.ts";
import { receiveEvent } from "./receive-event.ts";

const { rne } = ZOLA;

async function useSchool(): Promise<CyberTest> {
  const school = await useCyber();
  await createSubscription(school.ctx, { actor: "staff@localhost", fields: ZOLA });
  school.jobs.length = 0;
  return school;
}

/** A delivery as the host makes it; each of its parts can be made wrong. */
function deliver(
  { ctx }: CyberTest,
  wrong: { secret?: string; at?: Date; payload?: string; id?: string } = {},
) {
  const since = "2026-11-23T12:00:00.000Z";
  const event = {
    type: "establishment.state_changed",
    timestamp: since,
    data: { rne, state: "BCDIDBWAIT", stateCode: "2", since },
  };
  const { id = "evt_1", at = new Date(), payload = JSON.stringify(event) } = wrong;
  const signature = new Webhook(wrong.secret ?? ctx.webhookSecret).sign(id, at, payload);
  const headers = {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": signature,
  };
  return { body: payload, headers };
}

const asked = ({ jobs }: CyberTest) => jobs.filter(({ name }) => name === "cyber.read-establishment").length;

test("an event has the view read, once however often it is delivered, also at the same time", async () => {
  const school = await useSchool();
  const delivery = deliver(school);
  const receptions = await Promise.all(Array.from({ length: 5 }, () => receiveEvent(school.ctx, delivery)));
  expect(receptions.sort()).toEqual(["repeated", "repeated", "repeated", "repeated", "taken"]);
  expect(asked(school)).toBe(1);
});

test("the specification's own spelling BCDIREDADY is understood", async () => {
  const school = await useSchool();
  const delivery = deliver(school);
  const payload = delivery.body.replace("BCDIDBWAIT", "BCDIREDADY");
  expect(await receiveEvent(school.ctx, deliver(school, { payload }))).toBe("taken");
});

test("what is not signed with our secret, is old, or was changed on the way has no effect", async () => {
  const school = await useSchool();
  const other = "whsec_b3RoZXItb3RoZXItb3RoZXItb3RoZXItb3RoZXItb3Ro";
  const old = new Date(Date.now() - 10 * 60_000);
  const genuine = deliver(school);
  const { "webhook-signature": _, ...unsigned } = genuine.headers;
  for (const delivery of [
    ...[deliver(school, { secret: other }), deliver(school, { at: old })],
    ...[
      { ...genuine, body: genuine.body.replace("BCDIDBWAIT", "BCDIREADY") },
      { ...genuine, headers: unsigned },
    ],
  ]) {
    expect(await receiveEvent(school.ctx, delivery)).toBe("refused");
  }
  expect(asked(school)).toBe(0);
});

test("signed nonsense and schools that we do not follow are taken and forgotten", async () => {
  const school = await useSchool();
  const foreign = deliver(school).body.replace(rne, "0350053T");
  for (const payload of ["{}", "[]", '{"type":"other"}', foreign]) {
    expect(await receiveEvent(school.ctx, deliver(school, { payload }))).toBe("unknown");
  }
  expect(asked(school)).toBe(0);
});
