import { describe, expect, onTestFinished, test } from "vitest";
import { PLATFORM_KEY, problem, startFakeHosting } from "#tests/cyber/fake-hosting.ts";
import { createHostingClient } from "./client.ts";
import { HostingMisaddressed, HostingRefused, HostingUnavailable } from "./failures.ts";

const RNE = "0350024L";
const BODY = { rne: RNE, griffe: "GRIFFE", code: "ABCDEFGH", version: "CL" } as const;

async function useClient(timeoutMs = 2_000) {
  const hosting = await startFakeHosting();
  onTestFinished(() => hosting.close());
  return {
    hosting,
    client: createHostingClient({ baseUrl: hosting.url, platformKey: PLATFORM_KEY, timeoutMs }),
  };
}

describe("what the host answers", () => {
  test("a view that did not change costs no body", async () => {
    const { hosting, client } = await useClient();
    hosting.reach(RNE, "START");
    hosting.retryAfterSeconds = 42;
    const first = await client.readView({ rne: RNE, etag: null });
    if (first.status !== "changed") throw new Error("expected a view");
    const second = await client.readView({ rne: RNE, etag: first.etag });
    expect(second).toEqual({ status: "unchanged", retryAfterSeconds: 42 });
  });

  test("the specification's typo BCDIREDADY is read as BCDIREADY", async () => {
    const { hosting, client } = await useClient();
    const view = hosting.reach(RNE, "BCDIREADY");
    hosting.intercept = () => ({
      status: 200,
      body: { ...view, state: "BCDIREDADY", history: [{ state: "BCDIREDADY", at: view.since }] },
    });
    const read = await client.readView({ rne: RNE, etag: null });
    expect(read).toMatchObject({ view: { state: "BCDIREADY", history: [{ state: "BCDIREADY" }] } });
  });

  test("the platform key creates and reads, the establishment's key does the rest", async () => {
    const { hosting, client } = await useClient();
    const { key } = await client.createEstablishment(BODY);
    await client.readView({ rne: RNE, etag: null });
    await client.requestDeletion({ rne: RNE, key });
    expect(hosting.requests.map((request) => request.authorization)).toEqual([
      `Bearer ${PLATFORM_KEY}`,
      `Bearer ${PLATFORM_KEY}`,
      `Bearer ${key}`,
    ]);
  });
});

describe("what the host refuses", () => {
  test("creating answers 404 on every refusal: the problem tells which", async () => {
    const { hosting, client } = await useClient();
    hosting.intercept = () =>
      problem(404, "already_exists", { errors: [{ field: "rne", detail: "Déjà pris." }] });
    const refusal = await client.createEstablishment(BODY).catch((failure: unknown) => failure);
    if (!(refusal instanceof HostingRefused)) throw new Error("expected a refusal");
    expect(refusal.problem.code).toBe("already_exists");
    expect(refusal.fieldErrors).toEqual([{ field: "rne", detail: "Déjà pris." }]);
  });

  test("a 404 without a problem document means a wrong address", async () => {
    const { hosting, client } = await useClient();
    hosting.intercept = () => ({ status: 404, body: "<h1>Not found</h1>" });
    await expect(client.createEstablishment(BODY)).rejects.toBeInstanceOf(HostingMisaddressed);
  });

  test("a redirect is not followed: the credential stays here", async () => {
    const { hosting, client } = await useClient();
    hosting.intercept = () => ({ status: 302, headers: { location: "http://127.0.0.1:9/elsewhere" } });
    await expect(client.readView({ rne: RNE, etag: null })).rejects.toBeInstanceOf(HostingMisaddressed);
  });
});

describe("a host that does not answer", () => {
  test.each([429, 500, 502, 503])("status %i is worth another try, when the host says", async (status) => {
    const { hosting, client } = await useClient();
    hosting.intercept = () => ({ status, headers: { "retry-after": "7" }, body: "" });
    const failure = await client.readView({ rne: RNE, etag: null }).catch((thrown: unknown) => thrown);
    if (!(failure instanceof HostingUnavailable)) throw new Error("expected it to be unavailable");
    expect(failure.retryAfterMs).toBe(7_000);
  });

  test("an answer that is not the contract's counts as none", async () => {
    const { hosting, client } = await useClient();
    hosting.intercept = () => ({ status: 200, body: "<html>portal</html>" });
    await expect(client.readView({ rne: RNE, etag: null })).rejects.toBeInstanceOf(HostingUnavailable);
  });

  test("silence ends at the time-out", async () => {
    const { hosting, client } = await useClient(150);
    hosting.intercept = () => new Promise(() => {});
    await expect(client.readView({ rne: RNE, etag: null })).rejects.toBeInstanceOf(HostingUnavailable);
  });

  test("nobody listening is the same", async () => {
    const { hosting, client } = await useClient();
    await hosting.close();
    await expect(client.readView({ rne: RNE, etag: null })).rejects.toBeInstanceOf(HostingUnavailable);
  });

  test.each([404, 405])("a provider without a feed (%i) is told from one that fails", async (status) => {
    const { hosting, client } = await useClient();
    hosting.intercept = () => ({ status, body: "" });
    expect(await client.findChanges({ changedSince: null, limit: 10 })).toBeNull();
    hosting.intercept = () => ({ status: 503, body: "" });
    await expect(client.findChanges({ changedSince: null, limit: 10 })).rejects.toBeInstanceOf(
      HostingUnavailable,
    );
  });
});
