import { expect, test, vi } from "vitest";
import { ProblemDocumentSchema } from "#contract/problem.ts";
import { problem } from "#tests/cyber/fake-hosting.ts";
import { isHostingMisaddressed, isHostingRefused, isHostingUnavailable } from "./failures.ts";

test("a failure thrown by another copy of this module (server.ts and Next's bundle) is known for what it is", async () => {
  vi.resetModules();
  const copy = await import("./failures.ts");
  expect(copy.isHostingRefused).not.toBe(isHostingRefused);
  const document = ProblemDocumentSchema.parse(problem(404, "not_found").body);
  expect(isHostingRefused(new copy.HostingRefused(404, document))).toBe(true);
  expect(isHostingUnavailable(new copy.HostingUnavailable("status 503"))).toBe(true);
  expect(isHostingMisaddressed(new copy.HostingMisaddressed(404, "http://wrong.test"))).toBe(true);
  expect(isHostingRefused(new Error("something else"))).toBe(false);
});
