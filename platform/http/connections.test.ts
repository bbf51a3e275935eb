import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { watchConnections } from "./connections.ts";

const REQUEST = "GET / HTTP/1.1\r\nHost: test\r\n\r\n";

async function useServer(answer: (response: ServerResponse) => void) {
  const server = createServer((_request, response) => answer(response));
  const connections = watchConnections(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => server.closeAllConnections());
  const { port } = server.address() as AddressInfo;
  const open = async (): Promise<Socket> => {
    const socket = connect(port, "127.0.0.1");
    await once(socket, "connect");
    return socket;
  };
  const close = () => new Promise<void>((resolve) => void server.close(() => resolve()));
  return { connections, open, close };
}

test("whoever came before a server leaves is read, and gets an answer", async () => {
  const { connections, open, close } = await useServer((response) => response.end("here"));
  const sockets = await Promise.all(Array.from({ length: 200 }, open));
  for (const socket of sockets) socket.write(REQUEST);
  await connections.quiet();
  const [answers] = await Promise.all([Promise.all(sockets.map((socket) => text(socket))), close()]);
  expect(answers.filter((answer) => answer.endsWith("here"))).toHaveLength(sockets.length);
});

test("a connection that never asked anything holds nobody up", async () => {
  const { connections, open, close } = await useServer((response) => response.end());
  const silent = await open();
  const ended = once(silent, "close");
  silent.resume();
  await connections.quiet();
  connections.closeSilent();
  await close();
  await ended;
});

test("an answer under way goes out whole, and its connection with it", async () => {
  const { promise: begun, resolve: begin } = Promise.withResolvers<ServerResponse>();
  const { connections, open, close } = await useServer(begin);
  const socket = await open();
  socket.write(REQUEST);
  const response = await begun;
  connections.leave();
  const closed = close();
  connections.closeSilent();
  const body = "x".repeat(8 * 1024 ** 2);
  response.end(body);
  const answer = await text(socket);
  expect(answer.toLowerCase()).toContain("connection: close");
  expect(answer.length).toBeGreaterThan(body.length);
  await closed;
});
