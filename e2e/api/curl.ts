import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface CurlAnswer {
  readonly status: number;
  /** Of the last answer, by lower-case name. */
  readonly headers: Map<string, string>;
  readonly body: Buffer;
}

/** Runs the `curl` program as anyone would. */
export async function curl(...parameters: string[]): Promise<CurlAnswer> {
  const directory = mkdtempSync(join(tmpdir(), "bcdi-curl-"));
  try {
    const [headers, body] = [join(directory, "headers"), join(directory, "body")];
    const output = parameters.includes("-o") ? [] : ["-o", body];
    const { stdout } = await run("curl", [
      "-sS",
      "-m",
      "60",
      "-D",
      headers,
      "-w",
      "%{http_code}",
      ...output,
      ...parameters,
    ]);
    const lines = readFileSync(headers, "latin1").trim().split(/\r?\n/);
    const fields = lines.flatMap((line): [string, string][] => {
      const [name = "", ...value] = line.split(": ");
      return value.length > 0 ? [[name.toLowerCase(), value.join(": ")]] : [];
    });
    return {
      status: Number(stdout),
      headers: new Map(fields),
      body: output.length > 0 ? readIfThere(body) : Buffer.alloc(0),
    };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** curl writes no file for an answer without a body. */
function readIfThere(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
}
