import { spawn } from "node:child_process";
import type { z } from "zod";
import { type Operation, ProvisionerFailure } from "#hosting/provisioner/port.ts";

const TRY_AGAIN = 75;
const MAX_OUTPUT_CHARACTERS = 1_000_000;

export interface CommandOptions {
  /** Run by the shell. */
  readonly command: string;
  readonly timeoutMs: number;
  /** Told what the command printed on standard error: the operator's journal. */
  readonly onOutput: (operation: Operation, output: string) => void;
}

/** Runs the command with the operation on standard input; exit 0 is done, 75 try again, anything else failed. */
export async function runCommand<Answer>(
  options: CommandOptions,
  operation: Operation,
  input: object,
  schema: z.ZodType<Answer>,
): Promise<Answer> {
  const { code, output, errors } = await execute(options, JSON.stringify({ operation, ...input }));
  if (errors) options.onOutput(operation, errors);
  if (code !== 0) {
    throw new ProvisionerFailure(`${operation}: the command ended with ${code}`, {
      isTransient: code === TRY_AGAIN,
      output: errors,
    });
  }
  let answer: unknown = null;
  try {
    if (output.trim()) answer = JSON.parse(output);
  } catch {
    throw new ProvisionerFailure(`${operation}: the command printed no JSON`, {
      isTransient: false,
      output: `${errors}\n${output}`,
    });
  }
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new ProvisionerFailure(
    `${operation}: the command's answer is not as agreed: ${parsed.error.message}`,
    {
      isTransient: false,
      output: `${errors}\n${output}`,
    },
  );
}

function execute({ command, timeoutMs }: CommandOptions, input: string) {
  return new Promise<{ code: number | string; output: string; errors: string }>((resolve) => {
    const child = spawn(command, { shell: true, stdio: ["pipe", "pipe", "pipe"], detached: true });
    let [output, errors] = ["", ""];
    const timer = setTimeout(() => {
      errors += `\nstopped after ${timeoutMs} ms`;
      // The shell's own children, too.
      if (child.pid && child.exitCode === null) process.kill(-child.pid, "SIGKILL");
    }, timeoutMs);
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output = (output + text).slice(0, MAX_OUTPUT_CHARACTERS);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      errors = (errors + text).slice(-MAX_OUTPUT_CHARACTERS);
    });
    // A command may end without reading its input.
    child.stdin.on("error", () => {});
    child.on("error", (failure) => {
      errors += failure.message;
    });
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      resolve({ code: signal ? TRY_AGAIN : (code ?? "nothing"), output, errors: errors.trim() });
    });
    child.stdin.end(input);
  });
}
