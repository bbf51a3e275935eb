import type { NextConfig } from "next";

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  // Loaded by Node as they are: they find files of their own beside them, or exist once per process.
  serverExternalPackages: [
    "@prisma/client",
    "@prisma/adapter-pg",
    "pg",
    "pg-boss",
    "pino",
    "rate-limiter-flexible",
  ],
  // The types of everything are one check of their own (npm run check); a build need not repeat it.
  typescript: { ignoreBuildErrors: true },
  // Its entry for Node comes along otherwise; the deposit page is for slow lines.
  turbopack: { resolveAlias: { "tus-js-client": "tus-js-client/lib/browser/index.js" } },
  devIndicators: false,
};

export default config;
