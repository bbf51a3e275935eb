import fc from "fast-check";
import { z } from "zod";
import type { SchemaObject } from "./document.ts";

const Keywords = z.object({
  type: z.string().optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  format: z.string().optional(),
  pattern: z.string().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  maxItems: z.number().optional(),
  items: z.record(z.string(), z.unknown()).optional(),
  properties: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
  required: z.array(z.string()).optional(),
});

/** Values that a schema accepts: the part of JSON Schema that the requests use. */
export function validValue(schema: SchemaObject): fc.Arbitrary<unknown> {
  const keywords = Keywords.parse(schema);
  if (keywords.const !== undefined) return fc.constant(keywords.const);
  if (keywords.enum) return fc.constantFrom(...keywords.enum);
  switch (keywords.type) {
    case "integer":
      return fc.integer({ min: keywords.minimum ?? 0, max: keywords.maximum ?? 2 ** 31 });
    case "array":
      return fc.array(validValue(keywords.items ?? {}), { maxLength: keywords.maxItems ?? 5 });
    case "object":
      return fc.record(
        Object.fromEntries(
          Object.entries(keywords.properties ?? {}).map(([name, property]) => [name, validValue(property)]),
        ),
        { requiredKeys: keywords.required ?? [] },
      );
    case "string":
      return validString(keywords);
    default:
      return fc.jsonValue();
  }
}

function validString({ format, pattern, minLength, maxLength }: z.infer<typeof Keywords>) {
  if (format === "uuid") return fc.uuid();
  const matcher = pattern === undefined ? null : new RegExp(pattern, "u");
  if (matcher && maxLength === undefined) return fc.stringMatching(matcher);
  const text = fc.string({ minLength: minLength ?? 0, maxLength: maxLength ?? 50, unit: "grapheme" });
  return text.filter((value) => value.length <= (maxLength ?? 50) && (matcher?.test(value) ?? true));
}

/** What no field should ever be given. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(
    null,
    true,
    0,
    -1,
    1.5,
    1e308,
    "",
    " ",
    [],
    {},
    "\u0000",
    "\ud800",
    "𝒳́",
    "../../etc/passwd",
  ),
  fc.constantFrom("' OR 1=1 --", "{{7*7}}", "<script>", "%00", "x".repeat(5_000), "é".repeat(40_000)),
  fc.string({ unit: "binary" }),
  fc.jsonValue({ maxDepth: 3 }),
);

/** A valid object with one thing wrong in it. */
export function nearlyValid(valid: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc
    .record({ valid, pick: fc.nat(), value: hostileValue, kind: fc.constantFrom("replace", "drop", "add") })
    .map(({ valid: given, pick, value, kind }) => {
      const object = z.record(z.string(), z.unknown()).safeParse(given).data ?? {};
      const names = Object.keys(object);
      const name = names[pick % Math.max(1, names.length)] ?? "inconnu";
      if (kind === "add") return { ...object, [`inconnu${pick % 3}`]: value };
      if (kind === "replace") return { ...object, [name]: value };
      return Object.fromEntries(Object.entries(object).filter(([other]) => other !== name));
    });
}

/** What no header should carry, yet HTTP lets through. */
export const hostileHeader: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom("", "-1", "1.5", "NaN", "Infinity", "0x10", "1e3", "99999999999999999999", ",", "1,2", "*"),
  fc.constantFrom("bytes=99999999-", "bytes=-0", "bytes=5-2", "é", "x".repeat(3_000), "1.0.1", "filename"),
  fc.constantFrom("filename !!!", "filename YQ==,filename YQ==", "filename Li4vYQ==", "filename AA=="),
  fc.stringMatching(/^[\x21-\x7e\xa0-\xff]{1,40}$/),
);

/** Segments of an address that are not what they should be. */
export const hostileSegment: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom("%2e%2e", "%2F", "%00", "%zz", "%", "%E0%A4%A", "a%20b", "0350024l", "x".repeat(1_500)),
  fc.constantFrom("constructor", "__proto__", "null", "0350024A", "%C3%A9", "*", "a;b", "a%3Fb", "@", "a:b"),
  fc.stringMatching(/^[0-9a-f-]{36}$/),
  fc.stringMatching(/^\d{7}[A-HJ-NPR-Z]$/),
  fc
    .string({ minLength: 1 })
    .map(encodeURIComponent)
    .filter((text) => !/^\.+$/.test(text)),
);
