import { once } from "node:events";
import { createServer } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { failureText } from "#platform/failure.ts";
import { describeDeliveryFailure } from "./delivery-failure.ts";

async function failureOf(attempt: Promise<unknown>): Promise<string> {
  return attempt.then(() => expect.fail("it went through"), failureText);
}

/** A receiver that takes what comes and never answers. */
async function useSilentReceiver(): Promise<{ url: string; close: () => Promise<unknown> }> {
  const server = createServer(() => undefined).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  onTestFinished(async () => void (await close()));
  return { url: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`, close };
}

test("a receiver that is not there is said in French, with Node's own words at hand", async () => {
  const { url, close } = await useSilentReceiver();
  await close();
  const raw = await failureOf(fetch(url));
  const failure = describeDeliveryFailure(raw);
  expect(failure).toEqual({ said: expect.stringContaining("n’a pas pu être jointe"), raw });
});

test("a receiver that says nothing is said in French", async () => {
  const { url } = await useSilentReceiver();
  const raw = await failureOf(fetch(url, { signal: AbortSignal.timeout(50) }));
  expect(describeDeliveryFailure(raw)?.said).toBe("La librairie n’a pas répondu à temps.");
});

test.each([
  ["Error: the receiver answered 503\n    at post", "La librairie a répondu par une erreur (statut 503)."],
  ["Error: the receiver answered 401\n    at post", /refusé la signature \(statut 401\).*WEBHOOK_SECRET/],
  ["RangeError: what nobody foresaw", "L’envoi a échoué."],
])("%j is said in French", (lastError, said) => {
  expect(describeDeliveryFailure(lastError)?.said).toMatch(said);
  expect(describeDeliveryFailure(lastError)?.raw).toBe(lastError);
});

test("nothing is said where no attempt has failed", () => expect(describeDeliveryFailure(null)).toBeNull());
