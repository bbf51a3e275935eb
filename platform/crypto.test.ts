import fc from "fast-check";
import { expect, test } from "vitest";
import { deriveHex, equalInConstantTime, seal, unseal } from "./crypto.ts";

const SECRET = "a-secret-of-at-least-32-characters!";

test("what was sealed opens with the same key and purpose, whatever it was", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary" }),
      (text) => unseal(SECRET, "mail", seal(SECRET, "mail", text)) === text,
    ),
  );
});

test("it does not open with another key, for another purpose, or altered anywhere", () => {
  const sealed = seal(SECRET, "mail", "text");
  expect(() => unseal("another-secret-of-32-characters!!!!", "mail", sealed)).toThrow();
  expect(() => unseal(SECRET, "key", sealed)).toThrow();
  for (let index = 0; index < sealed.length - 1; index += 1) {
    const changed = sealed[index] === "A" ? "B" : "A";
    expect(() =>
      unseal(SECRET, "mail", sealed.slice(0, index) + changed + sealed.slice(index + 1)),
    ).toThrow();
  }
});

test("derived values differ by purpose and by every part, also where the parts read alike when joined", () => {
  const values = [
    deriveHex(SECRET, "key", "0350024L", 1, 1),
    deriveHex(SECRET, "key", "0350024L", 11),
    deriveHex(SECRET, "key", "0350024L", 1, 2),
    deriveHex(SECRET, "token", "0350024L", 1, 1),
    deriveHex(`${SECRET}!`, "key", "0350024L", 1, 1),
  ];
  expect(new Set(values).size).toBe(values.length);
  for (const value of values) expect(value).toMatch(/^[0-9a-f]{64}$/);
});

test("comparison holds for equal texts only, of any length", () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.string(),
      (left, right) => equalInConstantTime(left, right) === (left === right),
    ),
  );
});
