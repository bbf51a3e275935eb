import { createServer } from "node:http";
import { connect } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { limitSilence } from "./limit-silence.ts";

const LIMITS = { idleTimeoutMs: 150, totalTimeoutMs: 600 };

/** A server that answers once it has the body; resolves with what a sender got by the end of its connection. */
async function useSender(body: (write: (text: string) => void) => void): Promise<string> {
  const server = createServer((request, response) => {
    limitSilence(request, LIMITS);
    request.resume().on("end", () => response.end("whole"));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const socket = connect({ host: "127.0.0.1", port: typeof address === "object" ? (address?.port ?? 0) : 0 });
  socket.write("POST / HTTP/1.1\r\nHost: test\r\nConnection: close\r\nContent-Length: 100000\r\n\r\n");
  body((text) => void (socket.writable && socket.write(text)));
  const received: Buffer[] = [];
  socket.on("data", (chunk) => received.push(chunk));
  return new Promise((resolve) => {
    socket.on("error", () => {});
    socket.on("close", () => resolve(Buffer.concat(received).toString()));
  });
}

test("a body that falls silent ends its connection", async () => {
  expect(await useSender((write) => write("a"))).toBe("");
});

test("a body that trickles for ever ends its connection, too", async () => {
  const received = await useSender((write) => {
    const trickle = setInterval(() => write("a"), 20);
    onTestFinished(() => clearInterval(trickle));
  });
  expect(received).toBe("");
});

test("a body that comes is answered", async () => {
  expect(await useSender((write) => write("a".repeat(100_000)))).toContain("whole");
});
