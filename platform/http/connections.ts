import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

const QUIET_MS = 50;
const MOST_LOOKS = 20;

/** What a server that leaves has to know of its connections, beyond what Node's own `close` sees to. */
interface Connections {
  /** No connection is kept for another request. */
  leave(): void;
  /** Resolves once nobody has come for a moment: those who had before are read, and get an answer. A second at most. */
  quiet(): Promise<void>;
  /** Ends those that never asked anything, which a browser opens beforehand. */
  closeSilent(): void;
}

export function watchConnections(server: Server): Connections {
  const silent = new Set<Socket>();
  const open = new Set<ServerResponse>();
  let accepted = 0;
  server.on("connection", (socket: Socket) => {
    accepted += 1;
    silent.add(socket);
    socket.once("close", () => silent.delete(socket));
  });
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    silent.delete(request.socket);
    open.add(response);
    response.once("close", () => open.delete(response));
  });
  return {
    leave: () => {
      for (const response of open) response.shouldKeepAlive = false;
    },
    quiet: async () => {
      for (let look = 0, before = -1; look < MOST_LOOKS && before !== accepted; look += 1) {
        before = accepted;
        await wait(QUIET_MS);
      }
    },
    closeSilent: () => {
      for (const socket of silent) socket.destroy();
    },
  };
}
