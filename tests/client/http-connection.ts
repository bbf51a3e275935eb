import { connect, type Socket } from "node:net";

const BLOCK_BYTES = 256 * 1024;

export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** How many bytes `body` gives; none when absent. */
  readonly bodyBytes?: number;
  readonly body?: Iterable<Buffer> | AsyncIterable<Buffer>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** The connection ended before the answer was whole. */
export class ConnectionLost extends Error {}

/** One keep-alive HTTP/1.1 connection, as bare as can be: what it costs is the server's. */
export class HttpConnection {
  readonly #socket: Socket;
  readonly #host: string;
  #received = Buffer.alloc(0);
  #isLost = false;
  #wake: () => void = () => {};

  private constructor(socket: Socket, host: string) {
    this.#socket = socket;
    this.#host = host;
    const lose = () => {
      this.#isLost = true;
      this.#wake();
    };
    socket.on("error", lose).on("close", lose).on("end", lose);
    socket.on("drain", () => this.#wake());
    socket.on("data", (chunk) => {
      this.#received = Buffer.concat([this.#received, chunk]);
      this.#wake();
    });
  }

  static open(url: string): Promise<HttpConnection> {
    const { hostname, port, host } = new URL(url);
    return new Promise((resolve, reject) => {
      const socket = connect({ host: hostname, port: Number(port), noDelay: true });
      socket.once("error", reject);
      socket.once("connect", () => {
        socket.off("error", reject);
        resolve(new HttpConnection(socket, host));
      });
    });
  }

  /** Sends one request and waits for its answer; an answer that comes before the body's end stops the body. */
  async send({ method, path, headers, bodyBytes, body = [] }: Exchange): Promise<Answer> {
    const lines = [`${method} ${path} HTTP/1.1`, `Host: ${this.#host}`];
    for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
    if (bodyBytes !== undefined) lines.push(`Content-Length: ${bodyBytes}`);
    this.#socket.write(`${lines.join("\r\n")}\r\n\r\n`);
    for await (const block of body) {
      if (this.#isLost || this.#received.length > 0) break;
      if (!this.#socket.write(block)) {
        await this.#until(() => !this.#socket.writableNeedDrain || this.#received.length > 0);
      }
    }
    return this.#readAnswer(method);
  }

  /** Ends the line in the middle of whatever it carries, and waits until the server has let go of it, too. */
  hangUp(): Promise<void> {
    return new Promise((resolve) => {
      this.#socket.once("close", () => resolve());
      this.#socket.end();
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  async #readAnswer(method: string): Promise<Answer> {
    await this.#until(() => this.#received.includes("\r\n\r\n"));
    const headEnd = this.#received.indexOf("\r\n\r\n");
    if (headEnd === -1) throw new ConnectionLost("the connection ended before the answer");
    const [statusLine = "", ...lines] = this.#received.subarray(0, headEnd).toString("latin1").split("\r\n");
    const headers = new Headers(
      lines.map((line): [string, string] => {
        const colon = line.indexOf(":");
        return [line.slice(0, colon), line.slice(colon + 1).trim()];
      }),
    );
    const status = Number(statusLine.split(" ")[1]);
    const hasBody = method !== "HEAD" && status !== 204 && status !== 304;
    const bodyBytes = hasBody ? Number(headers.get("content-length") ?? 0) : 0;
    const end = headEnd + 4 + bodyBytes;
    await this.#until(() => this.#received.length >= end);
    if (this.#received.length < end) throw new ConnectionLost("the connection ended within the answer");
    const text = this.#received.subarray(headEnd + 4, end).toString("utf8");
    this.#received = this.#received.subarray(end);
    return { status, headers, text };
  }

  async #until(isSo: () => boolean): Promise<void> {
    while (!isSo() && !this.#isLost) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

/** The same block over and over: a body that costs its sender next to nothing. */
export function* repeatBlock(
  sizeBytes: number,
  block: Buffer = Buffer.alloc(BLOCK_BYTES, "bcdi"),
): Generator<Buffer> {
  for (let left = sizeBytes; left > 0; left -= block.length) {
    yield left >= block.length ? block : block.subarray(0, left);
  }
}
