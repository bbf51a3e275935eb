import { randomInt } from "node:crypto";
import getPort, { portNumbers } from "get-port";

/**
 * A port of 127.0.0.1 that nothing listens on: `preferred` if it is free. Below the range from which systems take the
 * ports of outgoing connections: one of those may be taken at any moment while its owner is being restarted, even by a
 * client that tries to reach that very owner.
 */
export function findFreePort(preferred?: number): Promise<number> {
  const others = portNumbers(randomInt(10_000, 19_000), 19_999);
  return getPort({ host: "127.0.0.1", port: preferred ? [preferred, ...others] : others });
}
