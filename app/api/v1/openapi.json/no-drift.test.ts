import { readdirSync } from "node:fs";
import { createServer, request } from "node:http";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { API_CALLS } from "#hosting/api/openapi/calls/all.ts";
import type { Handler } from "#hosting/api/route.ts";
import { createDepositEndpoint } from "#hosting/deposit/endpoint.ts";
import { UploadLocker } from "#hosting/deposit/locker.ts";
import { createDownloadEndpoint } from "#hosting/restitution/serve-download.ts";
import { openWorld, type World } from "#tests/models/lifecycle/world.ts";

const API_DIRECTORY = join(import.meta.dirname, "..");
const CATCH_ALL = "[...rest]/route.ts";
const RouteModule = z.object({ OPTIONS: z.custom<Handler>((value) => typeof value === "function") });

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const routeFiles = readdirSync(API_DIRECTORY, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith("route.ts") && file !== CATCH_ALL)
  .sort();
const templateOf = (file: string) => `/${dirname(file).replaceAll("[", "{").replaceAll("]", "}")}`;
const templates = [...new Set(API_CALLS.map((call) => call.path))];
const nodeTemplates = templates.filter((template) => !routeFiles.map(templateOf).includes(template));

function methodsOf(template: string): string[] {
  return API_CALLS.filter((call) => call.path === template)
    .map((call) => call.method.toUpperCase())
    .sort();
}

/** Without the methods that every address answers by itself. */
function ownMethods(allow: string | null | undefined, byItself: readonly string[]): string[] {
  return (allow ?? "")
    .split(", ")
    .filter((method) => !byItself.includes(method))
    .sort();
}

it.each(routeFiles)("the document says what %s answers", async (file) => {
  const { OPTIONS } = RouteModule.parse(await import(join(API_DIRECTORY, file)));
  const answer = await OPTIONS(new Request("http://test"), { params: Promise.resolve({}) });
  expect(methodsOf(templateOf(file))).toEqual(ownMethods(answer.headers.get("allow"), ["HEAD", "OPTIONS"]));
});

it("the other addresses are those that Node itself answers: uploads and downloads", () => {
  expect(nodeTemplates).toEqual([
    "/establishments/{rne}/bases",
    "/establishments/{rne}/bases/{id}",
    "/downloads/{downloadId}/{signature}/{fileName}",
  ]);
});

it.each(nodeTemplates)("the document says what %s answers", async (template) => {
  const locker = new UploadLocker(world.context.connectionString, world.context.log);
  const endpoints = [createDepositEndpoint(world.context, locker), createDownloadEndpoint(world.context)];
  const server = createServer((incoming, response) => {
    void endpoints.find((endpoint) => endpoint.matches(incoming))?.handle(incoming, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const path = `/api/v1${template.replaceAll(/\{\w+\}/g, crypto.randomUUID())}`;
  const allow = await new Promise<string | undefined>((resolve, reject) => {
    const probe = request({ port, path, method: "PROPFIND" }, (answer) => {
      answer.resume();
      expect(answer.statusCode).toBe(405);
      resolve(answer.headers.allow);
    });
    probe.once("error", reject).end();
  });
  await new Promise((resolve) => server.close(resolve));
  await locker.close();
  expect(methodsOf(template)).toEqual(ownMethods(allow, []));
});
