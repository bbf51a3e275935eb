import { defineConfig } from "@playwright/test";
import { requirePeer } from "#tests/peers/peers.ts";

const { PLAYWRIGHT_JSON_OUTPUT_FILE } = process.env;
const isRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: "e2e/journey",
  testMatch: "*.spec.ts",
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 900_000,
  expect: { timeout: 120_000 },
  reporter: [["list"], ...(PLAYWRIGHT_JSON_OUTPUT_FILE ? [["json"] as const] : [])],
  outputDir: "test-results",
  use: {
    browserName: "chromium",
    locale: "fr-FR",
    timezoneId: "Europe/Paris",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: requirePeer("chromium"),
      // Chromium refuses its sandbox to root; the other switches keep it from calling out.
      args: [
        ...(isRoot ? ["--no-sandbox"] : []),
        ...[
          "--disable-gpu",
          "--disable-quic",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
        ],
      ],
    },
  },
});
