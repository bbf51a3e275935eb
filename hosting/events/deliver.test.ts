import { randomUUID } from "node:crypto";
import dns from "node:dns";
import { createServer } from "node:http";
import { syncBuiltinESMExports } from "node:module";
import { Webhook } from "standardwebhooks";
import { expect, type MockInstance, onTestFinished, test, vi } from "vitest";
import { StateChangedEventSchema } from "#contract/events.ts";
import type { HostingContext } from "#hosting/context.ts";
import { deliverEventJob } from "#hosting/jobs/definitions.ts";
import { useHosting } from "#tests/hosting/use-hosting.ts";
import { deliverEvent } from "./deliver.ts";

type LookUp = (
  name: string,
  options: object,
  callback: (failure: null, found: { address: string; family: number }[]) => void,
) => void;

interface Delivery {
  readonly body: string;
  readonly headers: Record<string, string>;
}

/** A real receiver that answers as it is told, in turn; the last answer goes on. */
async function useReceiver(...statuses: number[]) {
  const deliveries: Delivery[] = [];
  let beforeAnswer: () => Promise<unknown> = async () => {};
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    deliveries.push({ body: Buffer.concat(chunks).toString("utf8"), headers });
    await beforeAnswer();
    const status = statuses.length > 1 ? statuses.shift() : statuses[0];
    response.writeHead(status ?? 204, status === 302 ? { Location: "/elsewhere" } : {}).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/events`,
    deliveries,
    meanwhile: (run: () => Promise<unknown>) => {
      beforeAnswer = run;
    },
  };
}

/** The event of a school's first step, which no job of the worker's delivers meanwhile, and a context that sends it. */
async function useEvent(url: string) {
  const hosting = await useHosting();
  const { rne } = await hosting.create();
  const first = await hosting.db.event.findFirstOrThrow({ where: { rne }, orderBy: { createdAt: "asc" } });
  const event = await hosting.db.event.create({
    data: { id: randomUUID(), rne, payload: first.payload },
  });
  const context: HostingContext = {
    ...hosting.context,
    settings: { ...hosting.context.settings, WEBHOOK_URL: url },
  };
  const reread = () => hosting.db.event.findUniqueOrThrow({ where: { id: event.id } });
  return { context, rne, id: event.id, reread };
}

test("what arrives verifies as a Standard Webhook, says which step was reached, and carries no secret", async () => {
  const { url, deliveries } = await useReceiver(204);
  const { context, rne, id, reread } = await useEvent(url);
  await deliverEvent(context, id, false);
  const [delivery] = deliveries;
  const verified = new Webhook(context.settings.WEBHOOK_SECRET).verify(
    delivery?.body ?? "",
    delivery?.headers ?? {},
  );
  expect(StateChangedEventSchema.parse(verified).data).toMatchObject({ rne, state: "START", stateCode: "1" });
  expect((await reread()).deliveredAt).not.toBeNull();
  await deliverEvent(context, id, false);
  expect(deliveries, "delivered once, it is not sent again").toHaveLength(1);
});

test("a receiver that refuses gets the same event again, under the same id", async () => {
  const { url, deliveries } = await useReceiver(500, 204);
  const { context, id, reread } = await useEvent(url);
  await expect(deliverEvent(context, id, false)).rejects.toThrow("500");
  expect(await reread()).toMatchObject({ deliveredAt: null, abandonedAt: null });
  await deliverEvent(context, id, false);
  expect(deliveries.map(({ headers }) => headers["webhook-id"])).toEqual([`evt_${id}`, `evt_${id}`]);
  expect(deliveries[1]?.body).toBe(deliveries[0]?.body);
});

test("after the last try an event is a dead letter, with the reason", async () => {
  const { url } = await useReceiver(503);
  const { context, id, reread } = await useEvent(url);
  await expect(deliverEvent(context, id, true)).rejects.toThrow();
  const event = await reread();
  expect(event.abandonedAt).not.toBeNull();
  expect(event.lastError).toContain("503");
});

test("a run that fails late says nothing of an event that another one delivered meanwhile", async () => {
  const { url, meanwhile } = await useReceiver(503);
  const { context, id, reread } = await useEvent(url);
  meanwhile(() => context.db.event.update({ where: { id }, data: { deliveredAt: new Date() } }));
  await expect(deliverEvent(context, id, true)).rejects.toThrow("503");
  expect(await reread()).toMatchObject({ abandonedAt: null, lastError: null });
});

test("a redirect is not followed: the secret's signature goes to the configured address only", async () => {
  const { url, deliveries } = await useReceiver(302, 204);
  const { context, id, reread } = await useEvent(url);
  await expect(deliverEvent(context, id, false)).rejects.toThrow();
  expect(deliveries).toHaveLength(1);
  expect((await reread()).deliveredAt).toBeNull();
});

test("a name that leads to a machine of the inside is not connected to", async () => {
  const { url, deliveries } = await useReceiver(204);
  const { context, id, reread } = await useEvent(url.replace("127.0.0.1", "partner.example"));
  // What whoever holds the name may have their name server say.
  const answer = vi.spyOn(dns, "lookup") as unknown as MockInstance<LookUp>;
  answer.mockImplementation((_name, _options, callback) =>
    callback(null, [{ address: "127.0.0.1", family: 4 }]),
  );
  syncBuiltinESMExports();
  onTestFinished(() => {
    answer.mockRestore();
    syncBuiltinESMExports();
  });
  await expect(deliverEvent(context, id, false)).rejects.toThrow(/not allowed/);
  expect(deliveries).toHaveLength(0);
  expect((await reread()).lastError).toContain("private IP address");
});

test("a receiver that is silent is tried for three days before an event is a dead letter", () => {
  const { retryLimit, retryDelaySeconds, retryDelayMaxSeconds = 0 } = deliverEventJob;
  // What the queue waits at least: half of each doubled delay, up to the longest.
  const waits = Array.from({ length: retryLimit }, (_, tries) =>
    Math.min(retryDelayMaxSeconds, (retryDelaySeconds * 2 ** Math.min(16, tries + 1)) / 2),
  );
  expect(waits.reduce((total, seconds) => total + seconds) / 3600).toBeGreaterThanOrEqual(72);
});
