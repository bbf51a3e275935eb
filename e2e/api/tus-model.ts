import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { expect } from "vitest";
import type { Deployment } from "#e2e/deployment/deployment.ts";
import { type Answer, ConnectionLost, HttpConnection } from "#e2e/harness/connection.ts";
import { patchHeaders, removeUpload, type School, tusHeaders } from "#e2e/harness/school.ts";

/** What must be true of one upload: which bytes it is made of, and how many of them the server has. */
export interface ExpectedUpload {
  readonly name: string;
  readonly content: Buffer;
  received: number;
  /** The last PATCH that was answered 204. */
  last: { readonly offset: number; readonly part: Buffer } | null;
}

export interface Model {
  uploads: ExpectedUpload[];
  created: number;
}

function nullWhenLost(failure: unknown): null {
  if (failure instanceof ConnectionLost) return null;
  throw failure;
}

/** The deployment as one school sees it, over a connection of its own for each call. */
export class TusEndpoint {
  readonly #deployment: Deployment;
  readonly #school: School;
  readonly #paths = new Map<string, string>();

  constructor(deployment: Deployment, school: School) {
    this.#deployment = deployment;
    this.#school = school;
  }

  /** Creates an upload whose first bytes come along; returns how many the server took. */
  async create(name: string, content: Buffer, first: Buffer): Promise<number> {
    const answer = await this.#once((connection) =>
      connection.send({
        method: "POST",
        path: `/api/v1/establishments/${this.#school.rne}/bases`,
        headers: {
          ...tusHeaders(this.#school.key),
          "upload-length": String(content.length),
          "upload-metadata": `filename ${Buffer.from(name).toString("base64")}`,
          ...(first.length > 0 ? { "content-type": "application/offset+octet-stream" } : {}),
        },
        ...{ bodyBytes: first.length, body: [first] },
      }),
    );
    expect(answer.status, answer.body).toBe(201);
    this.#paths.set(name, answer.headers.get("location") ?? "");
    return Number(answer.headers.get("upload-offset") ?? 0);
  }

  async head(name: string): Promise<{ status: number; offset: number }> {
    const { status, headers } = await this.#once((connection) =>
      connection.send({ method: "HEAD", path: this.#path(name), headers: tusHeaders(this.#school.key) }),
    );
    return { status, offset: Number(headers.get("upload-offset") ?? Number.NaN) };
  }

  patch(name: string, offset: number, part: Buffer): Promise<Answer> {
    return this.#once((connection) => this.#sendPart(connection, name, offset, part.length, [part]));
  }

  /** Sends less than it announced, and is cut off. */
  async patchAndCut(name: string, offset: number, announcedBytes: number, part: Buffer): Promise<void> {
    await this.#once(async (connection) => {
      async function* thenHangUp() {
        yield part;
        await connection.hangUp();
      }
      const sending = this.#sendPart(connection, name, offset, announcedBytes, thenHangUp());
      expect([null, 400]).toContain(await sending.then(({ status }) => status, nullWhenLost));
    });
  }

  /** Sends less than it announced, and says nothing more until `meanwhile` is done. */
  async patchAndStall<Result>(
    {
      name,
      offset,
      announcedBytes,
      part,
    }: { name: string; offset: number; announcedBytes: number; part: Buffer },
    meanwhile: () => Promise<Result>,
  ): Promise<Result> {
    return this.#once(async (connection) => {
      const { promise: isDone, resolve: release } = Promise.withResolvers<void>();
      const { promise: isSent, resolve: tellSent } = Promise.withResolvers<void>();
      async function* thenStall() {
        yield part;
        tellSent();
        await isDone;
      }
      const sending = this.#sendPart(connection, name, offset, announcedBytes, thenStall()).catch(
        nullWhenLost,
      );
      await isSent;
      const result = await meanwhile();
      release();
      expect([null, 423, 409]).toContain((await sending)?.status ?? null);
      return result;
    });
  }

  remove(name: string): Promise<void> {
    return removeUpload(this.#deployment, this.#school, this.#path(name));
  }

  /** What lies on the disk. */
  stored(name: string): Promise<Buffer> {
    return readFile(
      join(this.#deployment.dataDirectory, "uploads", this.#school.rne, basename(this.#path(name))),
    );
  }

  #path(name: string): string {
    return this.#paths.get(name) ?? "";
  }

  #sendPart(
    connection: HttpConnection,
    name: string,
    offset: number,
    bodyBytes: number,
    body: Iterable<Buffer> | AsyncIterable<Buffer>,
  ): Promise<Answer> {
    const headers = patchHeaders(this.#school.key, offset);
    return connection.send({ method: "PATCH", path: this.#path(name), headers, bodyBytes, body });
  }

  async #once<Result>(use: (connection: HttpConnection) => Promise<Result>): Promise<Result> {
    const connection = await HttpConnection.open(this.#deployment.url);
    try {
      return await use(connection);
    } finally {
      connection.close();
    }
  }
}
