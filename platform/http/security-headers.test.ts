import { expect, test } from "vitest";
import { createSecurityHeaders } from "./security-headers.ts";
import { isServed } from "./sides.ts";

const options = {
  embedOrigins: ["https://librairie.example"],
  framedOrigins: ["https://hote.example"],
  isHttps: true,
  isDevelopment: false,
};
const policyOf = (path: string) => createSecurityHeaders(path, options)["Content-Security-Policy"] ?? "";

test("the deposit page may be framed by the named origins, and no other page by anyone", () => {
  expect(policyOf("/embed/upload")).toContain("frame-ancestors 'self' https://librairie.example;");
  expect(createSecurityHeaders("/embed/upload", options)).not.toHaveProperty("X-Frame-Options");
  for (const path of [
    "/",
    "/connexion",
    "/etablissements",
    "/hebergeur",
    "/api/v1/establishments",
    "/embedded",
    "/embed.js",
  ]) {
    expect(policyOf(path), path).toContain("frame-ancestors 'none';");
  }
});

test("scripts need a nonce that changes with each answer", () => {
  const [first, second] = [policyOf("/"), policyOf("/")];
  expect(first).toMatch(/script-src 'self' 'nonce-[\w+/=]{24}' 'strict-dynamic'/);
  expect(first).not.toBe(second);
  expect(first).not.toContain("unsafe-eval");
});

test("a deployment serves the addresses of its sides only, and everybody's", () => {
  expect(isServed("/api/v1/establishments", ["cyber"])).toBe(false);
  expect(isServed("/embed/upload", ["cyber"])).toBe(false);
  expect(isServed("/embed.js", ["cyber"])).toBe(false);
  expect(isServed("/etablissements/0350024L", ["hosting"])).toBe(false);
  expect(isServed("/api/cyber/events", ["hosting"])).toBe(false);
  expect(isServed("/api/v1/establishments", ["hosting"])).toBe(true);
  for (const path of ["/connexion", "/api/auth/session", "/_next/static/x.js"])
    expect(isServed(path, ["cyber"]), path).toBe(true);
});
