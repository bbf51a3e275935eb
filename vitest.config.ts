import { defineConfig } from "vitest/config";

// What gives up after so long is broken: a machine on which other programs run is given its time.
const common = { testTimeout: 180_000, hookTimeout: 240_000, retry: 0, isolate: false };
const ROOMS = "{accounts,app,components,contract,cyber,hosting,platform}";
const isDeep = process.env.DEEP_SEED !== undefined;

export default defineConfig({
  test: {
    // Deployments wait more than they work.
    maxWorkers: 4,
    projects: [
      {
        test: {
          ...common,
          name: "parts",
          include: [
            `${ROOMS}/**/*.test.{ts,tsx}`,
            "tests/**/*.test.ts",
            ...(isDeep ? ["tests/deep/*.deep.ts"] : []),
          ],
          globalSetup: ["tests/database/global-postgres.ts"],
        },
      },
      // Black box: against whole deployments.
      {
        test: {
          ...common,
          name: "calls",
          include: ["e2e/**/*.test.ts"],
          globalSetup: ["tests/deployment/shared.ts"],
        },
      },
    ],
  },
});
