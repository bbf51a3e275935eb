import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { API_CALLS } from "./calls/all.ts";

const PROJECT_DIRECTORY = join(import.meta.dirname, "..", "..", "..");
const guide = readFileSync(join(PROJECT_DIRECTORY, "docs", "guide-integrateurs.md"), "utf8");

/** What the variables of the guide's script stand for in an address; the longest names first. */
const VARIABLES = [
  ["$SERVEUR$FICHIER", "/establishments/{rne}/bases/{id}"],
  ["$ARCHIVE", "/downloads/{downloadId}/{signature}/{fileName}"],
  ["$REFUSE", "{id}"],
  ["$RNE2", "{rne}"],
  ["$RNE", "{rne}"],
  ["$1", "{rne}"],
  ["$API", ""],
] as const;

/** Each `curl` of the guide that calls the API, as "get /establishments/{rne}". */
function listExamples(): string[] {
  const script = [...guide.matchAll(/^```bash\n([\s\S]*?)^```$/gm)].map(([, block = ""]) => block).join("\n");
  const commands = script.replaceAll("\\\n", " ").match(/\bcurl [^\n|]*/g) ?? [];
  return commands.flatMap((command) => {
    const address = /"(\$(?:API|SERVEUR|ARCHIVE)[^"?]*)/.exec(command)?.[1];
    if (address === undefined) return [];
    const method = / -I\b/.test(command) ? "head" : (/ -X (\w+)/.exec(command)?.[1] ?? "get");
    const path = VARIABLES.reduce((text, [name, meaning]) => text.replaceAll(name, meaning), address);
    return [`${method.toLowerCase()} ${path}`];
  });
}

const examples = listExamples();
const calls = API_CALLS.map(({ method, path }) => `${method} ${path}`);

it.each(calls)("the guide has an example of %s", (call) => expect(examples).toContain(call));

it("the guide calls nothing that the API does not have", () => {
  expect(examples.filter((example) => !calls.includes(example))).toEqual([]);
});
