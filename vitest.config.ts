import { defineConfig } from "vitest/config";

const common = { testTimeout: 60_000, hookTimeout: 240_000, retry: 0 };
/** They measure how soon one is answered, or kill what they started: nothing runs beside them. */
const ALONE = ["e2e/*.test.ts", "e2e/harness/*.test.ts", "e2e/api/{two-servers,tus-model,uploads}.test.ts"];

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
      { test: { ...common, name: "calls", include: ["e2e/**/*.test.ts"], exclude: ALONE } },
      { test: { ...common, name: "deployments", include: ALONE, fileParallelism: false } },
    ],
  },
});
