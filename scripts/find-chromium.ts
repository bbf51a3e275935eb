import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const CANDIDATES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
];

/** A Chromium of this machine; without one, Debian's package is installed, which takes root or sudo. */
export function findOrInstallChromium(): string {
  const found = findChromium();
  if (found) return found;
  console.log("No Chromium on this machine: installing Debian's package…");
  const isRoot = process.getuid?.() === 0;
  const install = (program: string, ...parameters: string[]) =>
    execFileSync(isRoot ? program : "sudo", isRoot ? parameters : ["-n", program, ...parameters], {
      stdio: "inherit",
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
  install("apt-get", "update");
  install("apt-get", "install", "-y", "--no-install-recommends", "chromium");
  const installed = findChromium();
  if (!installed) throw new Error("Chromium could not be installed; give its path in CHROMIUM_PATH");
  return installed;
}

function findChromium(): string | undefined {
  const { CHROMIUM_PATH } = process.env;
  if (CHROMIUM_PATH) return CHROMIUM_PATH;
  const onPath = spawnSync("sh", ["-c", "command -v chromium"], { encoding: "utf8" }).stdout.trim();
  return [onPath, ...CANDIDATES].find((path) => path !== "" && existsSync(path));
}
