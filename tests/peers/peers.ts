import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** A program that tests talk to, and Debian's package that brings it. */
interface Peer {
  readonly title: string;
  /** Any of these will do. */
  readonly programs: readonly [string, ...string[]];
  readonly debianPackage: string;
}

/** Every program that tests talk to and that npm does not bring: `npm run test:prepare` installs what is missing. */
export const PEERS = {
  chromium: {
    title: "Chromium",
    programs: ["chromium", "chromium-browser", "google-chrome"],
    debianPackage: "chromium",
  },
  curl: { title: "curl", programs: ["curl"], debianPackage: "curl" },
  unzip: { title: "unzip", programs: ["unzip"], debianPackage: "unzip" },
} as const satisfies Record<string, Peer>;

export type PeerName = keyof typeof PEERS;

/** Where it is; null where it is not installed. `CHROMIUM_PATH` names a browser that lies elsewhere. */
export function findPeer(name: PeerName): string | null {
  const { CHROMIUM_PATH, PATH = "" } = process.env;
  if (name === "chromium" && CHROMIUM_PATH) return CHROMIUM_PATH;
  const folders = [...PATH.split(delimiter), "/usr/sbin"];
  const paths = PEERS[name].programs.flatMap((program) => folders.map((folder) => join(folder, program)));
  return paths.find(isExecutable) ?? null;
}

/** Where it is; throws with what to do where it is not installed. */
export function requirePeer(name: PeerName): string {
  const path = findPeer(name);
  if (path === null)
    throw new Error(
      `${PEERS[name].title} is missing: \`npm run test:prepare\`, as root or with sudo, installs it`,
    );
  return path;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
