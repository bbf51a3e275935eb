import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const LINK = /\]\(([^)\s]+)\)/g;

/** Links of README.md and docs/ to files that do not exist, as `document: link`. */
export function listBrokenLinks(projectDirectory: string): string[] {
  const documents = readdirSync(join(projectDirectory, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join(projectDirectory, "docs", name));
  return [join(projectDirectory, "README.md"), ...documents].flatMap((document) => {
    const links = [...readFileSync(document, "utf8").matchAll(LINK)].map((match) => match[1] ?? "");
    return links
      .filter((link) => !/^(https?:|mailto:|#)/.test(link))
      .filter((link) => !existsSync(join(dirname(document), link.split("#", 1)[0] ?? "")))
      .map((link) => `${relative(projectDirectory, document)}: ${link}`);
  });
}
