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
  typescript: { ignoreBuildErrors: false },
  devIndicators: false,
};

export default config;
