import type { IncomingMessage } from "node:http";

/** The sender's address; what a proxy on this very machine says of it is believed, nobody else is. */
export function clientAddress(request: IncomingMessage): string {
  const direct = request.socket.remoteAddress ?? "unknown";
  const isLocalProxy = direct === "127.0.0.1" || direct === "::1" || direct === "::ffff:127.0.0.1";
  const forwarded = request.headers["x-forwarded-for"];
  const last = typeof forwarded === "string" ? forwarded.split(",").at(-1)?.trim() : undefined;
  return isLocalProxy && last ? last : direct;
}
