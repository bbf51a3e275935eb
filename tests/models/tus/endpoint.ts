import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expectStatus } from "#tests/client/call.ts";
import type { Answer } from "#tests/client/http-connection.ts";
import type { School } from "#tests/client/school.ts";
import * as tus from "#tests/client/tus.ts";
import type { Deployment } from "#tests/deployment/deployment.ts";

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

/** The deployment as one school sees it: its files by their names. */
export class TusEndpoint {
  readonly #dataDirectory: string;
  readonly #school: School;
  readonly #files = new Map<string, string>();

  constructor({ dataDirectory }: Pick<Deployment, "dataDirectory">, school: School) {
    this.#dataDirectory = dataDirectory;
    this.#school = school;
  }

  /** Creates an upload whose first bytes come along; returns how many the server took. */
  async create(name: string, content: Buffer, first: Buffer): Promise<number> {
    const body = first.length > 0 ? { body: first } : {};
    const asked = tus.requestUpload(this.#school, content.length, { filename: name }, body);
    const answer = expectStatus(await asked, 201);
    this.#files.set(name, tus.fileOf(this.#school, answer));
    return tus.offsetOf(answer) ?? 0;
  }

  async head(name: string): Promise<{ status: number; offset: number | null }> {
    const answer = await tus.head(this.#school, this.#file(name));
    return { status: answer.status, offset: tus.offsetOf(answer) };
  }

  patch(name: string, offset: number, part: Buffer): Promise<Answer> {
    return tus.sendPart(this.#school, this.#file(name), offset, part);
  }

  /** Begins a part that the test sends, or cuts, by hand. */
  openPart(name: string, part: { offset: number; sizeBytes: number }): tus.OpenPart {
    return tus.openPart(this.#school, this.#file(name), part);
  }

  async remove(name: string): Promise<void> {
    expectStatus(await tus.remove(this.#school, this.#file(name)), 204);
  }

  /** What lies on the disk. */
  stored(name: string): Promise<Buffer> {
    const id = tus.idOf(this.#file(name));
    return readFile(join(this.#dataDirectory, "uploads", this.#school.rne, id));
  }

  #file(name: string): string {
    return this.#files.get(name) ?? "";
  }
}
