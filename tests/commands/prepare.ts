// npm run test:prepare: installs from Debian what tests talk to. Takes root or sudo, and does nothing where all is there.
import { execFileSync } from "node:child_process";
import { findPeer, PEERS, type PeerName } from "#tests/peers/peers.ts";

const names = Object.keys(PEERS) as PeerName[];
const missing = names.filter((name) => findPeer(name) === null).map((name) => PEERS[name].debianPackage);
if (missing.length > 0) {
  console.log(`Installing from Debian: ${missing.join(", ")}`);
  run("apt-get", "update");
  run("apt-get", "install", "-y", "--no-install-recommends", ...missing);
}
for (const name of names) console.log(`${PEERS[name].title}: ${findPeer(name) ?? "still missing"}`);
if (names.some((name) => findPeer(name) === null)) process.exitCode = 1;

function run(program: string, ...parameters: string[]): void {
  const isRoot = process.getuid?.() === 0;
  execFileSync(isRoot ? program : "sudo", isRoot ? parameters : ["-n", program, ...parameters], {
    stdio: "inherit",
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
}
