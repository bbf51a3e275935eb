import type { CallOptions } from "#tests/client/call.ts";
import { mintLicence } from "#tests/client/school.ts";

/** What is wrong, the fields to put into a good licence, and the one field that the answer must name. */
export const WRONG_FIELDS: readonly [string, Record<string, unknown>, string][] = [
  ["a wrong check letter", { rne: "0350024M" }, "rne"],
  ["a letter that no RNE has", { rne: "0350024I" }, "rne"],
  ["six digits", { rne: "035002L" }, "rne"],
  ["an RNE that is a number", { rne: 350024 }, "rne"],
  ["no RNE", { rne: undefined }, "rne"],
  ["an empty griffe", { griffe: "" }, "griffe"],
  ["a griffe of spaces", { griffe: "   " }, "griffe"],
  ["a griffe of 101 characters", { griffe: "G".repeat(101) }, "griffe"],
  ["a griffe with a line's end", { griffe: "LYCEE\nZOLA" }, "griffe"],
  ["a griffe with a NUL", { griffe: "LYCEE\u0000" }, "griffe"],
  ["a griffe that is a list", { griffe: ["LYCEE"] }, "griffe"],
  ["no griffe", { griffe: undefined }, "griffe"],
  ["a code in lower case", { code: "abcdefgh" }, "code"],
  ["a code of seven letters", { code: "ABCDEFG" }, "code"],
  ["a code of nine letters", { code: "ABCDEFGHI" }, "code"],
  ["a code with an accent", { code: "ABCDEFGÉ" }, "code"],
  ["a code with a line's end", { code: "ABCDEFGH\n" }, "code"],
  ["no code", { code: undefined }, "code"],
  ["an unknown version", { version: "XX" }, "version"],
  ["a version in lower case", { version: "cl" }, "version"],
  ["no version", { version: undefined }, "version"],
  ["an unknown field", { motDePasse: "x" }, "motDePasse"],
  ["a field of every object", { constructor: "x" }, "constructor"],
];

const json = { "Content-Type": "application/json" };
const big = `{"griffe": "${"x".repeat(10 * 1024 * 1024)}"}`;
/** Bodies that are no licence at all. */
export const WRONG_BODIES: readonly [string, CallOptions][] = [
  ["nothing at all", {}],
  ["an empty body", { body: "", headers: json }],
  ["JSON cut short", { body: '{"rne": "0350024L"', headers: json }],
  ["bytes that are not UTF-8", { body: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), headers: json }],
  ["a list", { json: [] }],
  ["null", { body: "null", headers: json }],
  ["a string", { json: "0350024L" }],
  ["ten megabytes", { body: big, headers: json }],
  ["brackets without end", { body: "[".repeat(60_000), headers: json }],
  ["a form", { body: "rne=0350024L", headers: { "Content-Type": "application/x-www-form-urlencoded" } }],
  ["JSON called text", { body: JSON.stringify(mintLicence()), headers: { "Content-Type": "text/plain" } }],
];
