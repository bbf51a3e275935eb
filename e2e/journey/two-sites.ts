import { randomBytes } from "node:crypto";
import { type Deployment, findFreePort, startDeployment } from "#tests/deployment/deployment.ts";

/** CYBER and HOSTING as two deployments on two sites: a browser holds each for a third party of the other. */
export interface TwoSites {
  readonly cyber: Deployment;
  readonly hosting: Deployment;
  stop(): Promise<void>;
}

export async function startTwoSites(smtpUrl: string): Promise<TwoSites> {
  const [cyberPort, hostingPort] = [await findFreePort(), await findFreePort()];
  const cyberUrl = `http://localhost:${cyberPort}`;
  const shared = {
    PLATFORM_KEY: randomBytes(32).toString("hex"),
    WEBHOOK_SECRET: `whsec_${randomBytes(32).toString("base64")}`,
  };
  const hosting = await startDeployment({
    port: hostingPort,
    hostName: "127.0.0.1",
    environment: {
      ...shared,
      SIDES: "hosting",
      EMBED_ORIGINS: cyberUrl,
      WEBHOOK_URL: `${cyberUrl}/api/cyber/events`,
      DELETION_GRACE_MINUTES: "0",
      BCDI_CLIENT_URL: "https://client.example/bcdi.exe",
      BCDI_CLIENT_SHA256: "0".repeat(64),
    },
  });
  try {
    const cyber = await startDeployment({
      port: cyberPort,
      hostName: "localhost",
      environment: { ...shared, SIDES: "cyber", HOSTING_URL: hosting.url, SMTP_URL: smtpUrl },
    });
    return { cyber, hosting, stop: async () => void (await Promise.all([cyber.stop(), hosting.stop()])) };
  } catch (failure) {
    await hosting.stop();
    throw failure;
  }
}
