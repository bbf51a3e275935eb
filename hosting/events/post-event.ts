import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { isIP } from "node:net";
import { useAgent as agentFor } from "request-filtering-agent";
import { Webhook } from "standardwebhooks";

const TIMEOUT_MS = 15_000;

export interface EventMessage {
  readonly id: string;
  readonly payload: string;
  readonly at: Date;
}

export interface Receiver {
  readonly url: string;
  readonly secret: string;
  /** This deployment's own address, wherever its name leads. */
  readonly ownUrl: string;
}

/**
 * Posts one message as Standard Webhooks says (webhook-id, webhook-timestamp in seconds, webhook-signature v1). Throws
 * unless the answer is a 2xx: a redirect is none. A name must lead to a public address when the connection is made,
 * so that whoever holds the name cannot turn us against the machines around us.
 */
export function postEvent({ url, secret, ownUrl }: Receiver, message: EventMessage): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const send = url.startsWith("https:") ? requestHttps : requestHttp;
  const request = send(url, {
    method: "POST",
    agent: agentFor(url, { allowPrivateIPAddress: isNamedByOperator(url, ownUrl) }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: {
      "Content-Type": "application/json",
      "Content-Length": Buffer.byteLength(message.payload),
      "webhook-id": message.id,
      "webhook-timestamp": String(Math.floor(message.at.getTime() / 1000)),
      "webhook-signature": new Webhook(secret).sign(message.id, message.at, message.payload),
    },
  });
  request.on("response", (answer) => {
    const { statusCode = 0 } = answer;
    if (statusCode >= 200 && statusCode < 300) resolve();
    else reject(new Error(`the receiver answered ${statusCode}`));
    // What it says beyond that is not read.
    answer.destroy();
  });
  request.on("error", reject);
  request.end(message.payload);
  return promise;
}

/** Addresses that no name server can change. */
function isNamedByOperator(url: string, ownUrl: string): boolean {
  const { hostname, origin } = new URL(url);
  const address = hostname.replace(/^\[|\]$/g, "");
  return hostname === "localhost" || isIP(address) !== 0 || origin === new URL(ownUrl).origin;
}
