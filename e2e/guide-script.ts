/** A block of the guide that runs, what it must print, and the files to write before it. */
export interface GuideStep {
  readonly line: number;
  readonly script: string;
  /** As the guide shows it, `…` standing for whatever changes; null where it shows nothing. */
  readonly expected: string | null;
  readonly files: readonly { readonly name: string; readonly content: string }[];
}

const FENCE = /^```(\w*)\n([\s\S]*?)^```$/gm;

/**
 * The guide's `bash` blocks, in order. A `text` block that follows one is what it prints; a `js` block that begins with
 * `// name.mjs` is a file of that name.
 */
export function listGuideSteps(guide: string): GuideStep[] {
  const steps: GuideStep[] = [];
  let files: { name: string; content: string }[] = [];
  let endOfPrevious = 0;
  for (const match of guide.matchAll(FENCE)) {
    const [block, language, content = ""] = match;
    const isNext = guide.slice(endOfPrevious, match.index).trim() === "";
    endOfPrevious = match.index + block.length;
    const previous = steps.at(-1);
    const name = /^\/\/ (\S+\.mjs)\n/.exec(content)?.[1];
    if (language === "js" && name) files.push({ name, content });
    if (language === "text" && previous && isNext) steps.splice(-1, 1, { ...previous, expected: content });
    if (language !== "bash") continue;
    const line = guide.slice(0, match.index).split("\n").length;
    steps.push({ line, script: content, expected: null, files });
    files = [];
  }
  return steps;
}

/** Matches what the guide shows, `…` being any text of one line. */
export function toPattern(expected: string): RegExp {
  const literal = expected
    .trimEnd()
    .split("…")
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${literal.join(".+")}$`);
}
