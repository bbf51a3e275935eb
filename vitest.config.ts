import { defineConfig } from "vitest/config";

const isDeep = process.env.DEEP_SEED !== undefined;
// The one limit of all waiting: what has not come by then is broken, on a machine that is busy with other things, too.
const PATIENCE_MS = 120_000;
const common = {
  ...{ testTimeout: (isDeep ? 10 : 3) * PATIENCE_MS, hookTimeout: 3 * PATIENCE_MS, retry: 0, isolate: false },
  expect: { poll: { timeout: PATIENCE_MS, interval: 20 } },
};
const ROOMS = "{accounts,app,components,contract,cyber,hosting,platform}";

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
