import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

const CONNECT_TIMEOUT_MS = 2_000;
const POLL_MS = 100;

/** Whether something accepts connections at this port of this machine. */
export function answersAt(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port });
    socket.setTimeout(CONNECT_TIMEOUT_MS, () => {
      socket.destroy();
      resolve(false);
    });
    socket.once("connect", () => {
      resolve(true);
      // Taken leave of politely: torn down at once, the connection would be an error to the server.
      socket.resume().end().unref();
    });
    socket.on("error", () => resolve(false));
  });
}

/** Asks again and again until `isTrue`; false when the time is over. */
export async function waitUntil(isTrue: () => Promise<boolean>, timeoutMs: number): Promise<boolean> {
  const until = performance.now() + timeoutMs;
  while (!(await isTrue())) {
    if (performance.now() >= until) return false;
    await wait(POLL_MS);
  }
  return true;
}
