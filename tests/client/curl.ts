import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { expect } from "vitest";
import { requirePeer } from "#tests/peers/peers.ts";

const run = promisify(execFile);
const PART_BYTES = 3 * 1024 * 1024;

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
    const { stdout } = await run(requirePeer("curl"), [
      "-sS",
      "-m",
      "120",
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

const TUS = ["-H", "Tus-Resumable: 1.0.0"];

export interface CurlUpload {
  /** The establishment's. */
  readonly address: string;
  /** The parameters that carry the key. */
  readonly own: readonly string[];
  readonly path: string;
  /** For the parts. */
  readonly directory: string;
}

/** Sends a base's archive with curl alone, part by part, asking after each how far the server is. */
export async function curlUpload({ address, own, path, directory }: CurlUpload): Promise<void> {
  const content = readFileSync(path);
  const created = await curl(
    ...[...own, ...TUS, "-X", "POST", `${address}/bases`, "-H", `Upload-Length: ${content.length}`],
    ...["-H", `Upload-Metadata: filename ${Buffer.from(basename(path)).toString("base64")}`],
  );
  expect(created.status).toBe(201);
  const file = new URL(created.headers.get("location") ?? "", address).href;
  const part = join(directory, "part");
  for (let offset = 0; offset < content.length; ) {
    writeFileSync(part, content.subarray(offset, offset + PART_BYTES));
    const sent = await curl(
      ...[...own, ...TUS, "-X", "PATCH", file, "--data-binary", `@${part}`],
      ...["-H", "Content-Type: application/offset+octet-stream", "-H", `Upload-Offset: ${offset}`],
    );
    expect(sent.status).toBe(204);
    offset = Number(sent.headers.get("upload-offset"));
    const asked = await curl(...own, ...TUS, "-I", file);
    expect(asked.headers.get("upload-offset")).toBe(String(offset));
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
