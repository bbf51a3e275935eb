import { createServer, type IncomingHttpHeaders, request } from "node:http";
import { buffer } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import { createDownloadEndpoint } from "#hosting/restitution/serve-download.ts";
import { askForDeletion } from "./read-downloads.ts";
import { type HostingTest, useHosting } from "./use-hosting.ts";

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface DownloadTest {
  readonly hosting: HostingTest;
  readonly rne: string;
  readonly fileName: string;
  readonly bytes: Buffer;
  readonly etag: string;
  /** Asks at the address that the view gives, or at another path. */
  ask(method: string, headers?: Record<string, string>, path?: string): Promise<Answer>;
  readonly path: string;
}

/** A deleted hosting with one archive to download, and a server that serves it. */
export async function useDownload(fileName = "base.zip"): Promise<DownloadTest> {
  const hosting = await useHosting();
  const { rne } = await hosting.create();
  await hosting.reach(rne, "BCDIDBWAIT");
  const bytes = Buffer.from(Array.from({ length: 10_000 }, (_, index) => index % 251));
  await hosting.send(rne, fileName, bytes);
  await askForDeletion(hosting, rne);
  await hosting.reach(rne, "BCDIDELETED");
  const endpoint = createDownloadEndpoint(hosting.context);
  const server = createServer((incoming, response) => void endpoint.handle(incoming, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const [download] = (await hosting.view(rne)).downloads;
  const path = new URL(download?.url ?? "").pathname;
  return {
    ...{ hosting, rne, fileName, bytes, path, etag: `"${download?.sha256}"` },
    ask: (method, headers = {}, asked = path) =>
      new Promise((resolve, reject) => {
        const sent = request({ host: "127.0.0.1", port, method, path: asked, headers });
        sent.once("error", reject).once("response", (response) => {
          const { statusCode: status = 0, headers } = response;
          buffer(response).then((body) => resolve({ status, headers, body }), reject);
        });
        sent.end();
      }),
  };
}
