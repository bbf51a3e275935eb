import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { HostingContext } from "#hosting/context.ts";
import { createDownloadEndpoint } from "#hosting/restitution/serve-download.ts";

/** The archives' real endpoint, on a port of its own. */
export async function serveDownloads(context: HostingContext) {
  const endpoint = createDownloadEndpoint(context);
  const server = createServer((request, response) => void endpoint.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = isAddress(address) ? address.port : 0;
  return {
    /** What a school gets at the address that its view names. */
    fetch: async (url: string): Promise<Buffer> => {
      const { pathname } = new URL(url);
      const response = await fetch(`http://127.0.0.1:${port}${pathname}`);
      const bytes = Buffer.from(await response.arrayBuffer());
      if (response.status !== 200) throw new Error(`${url}: ${response.status} ${bytes}`);
      return bytes;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function isAddress(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === "object" && address !== null;
}
