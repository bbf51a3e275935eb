import type { z } from "zod";
import { type Operation, ProvisionerFailure, type Report } from "#hosting/provisioner/port.ts";
import { executeCommand } from "./execute-command.ts";

const TRY_AGAIN = 75;

export interface CommandOptions {
  /** Run by the shell. */
  readonly command: string;
  readonly timeoutMs: number;
}

export interface Run<Answer> {
  readonly operation: Operation;
  /** What the command reads beside the operation. */
  readonly input: object;
  /** What it has to print. */
  readonly answer: z.ZodType<Answer>;
  readonly report: Report | undefined;
}

/** Runs the command with the operation on standard input; exit 0 is done, 75 try again, anything else failed. */
export async function runCommand<Answer>(
  { command, timeoutMs }: CommandOptions,
  { operation, input, answer, report }: Run<Answer>,
): Promise<Answer> {
  const ended = await executeCommand({ command, timeoutMs, input: JSON.stringify({ operation, ...input }) });
  if (ended.ending !== 0) {
    const isTransient = ended.ending === TRY_AGAIN || typeof ended.ending === "string";
    const message = `${operation}: the command ended with ${ended.ending}`;
    const lastWords = ended.errors.split("\n").at(-1);
    throw new ProvisionerFailure(lastWords ? `${message}: ${lastWords}` : message, {
      isTransient,
      output: `${message}\n${ended.errors}`.trim(),
    });
  }
  const parsed = answer.safeParse(findJson(ended.output));
  if (parsed.success) {
    if (ended.errors) report?.(ended.errors);
    return parsed.data;
  }
  const message = `${operation}: the command's answer is not as agreed: ${parsed.error.message}`;
  const output = `${message}\n${ended.errors}\n${ended.output.slice(0, 4_000)}`;
  throw new ProvisionerFailure(message, { isTransient: false, output });
}

/** Undefined, which no answer allows, where there is no JSON. */
function findJson(output: string): unknown {
  if (!output.trim()) return null;
  try {
    return JSON.parse(output);
  } catch {
    return undefined;
  }
}
