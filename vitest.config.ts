import { defineConfig } from "vitest/config";

const common = { testTimeout: 60_000, hookTimeout: 240_000, retry: 0 };

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...common,
          name: "parts",
          include: ["{accounts,app,components,contract,cyber,hosting,platform,scripts}/**/*.test.{ts,tsx}"],
          globalSetup: ["platform/testing/global-postgres.ts"],
        },
      },
      // Black box: against whole deployments, started as a newcomer would.
      { test: { ...common, name: "deployments", include: ["e2e/**/*.test.ts"], fileParallelism: false } },
    ],
  },
});
