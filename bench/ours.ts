import { startDeployment } from "#e2e/deployment/deployment.ts";
import { createUpload, openSchool, patchHeaders, removeUpload } from "#e2e/harness/school.ts";
import type { Receiver } from "./receiver.ts";

/** The product as it is deployed: server, worker, PostgreSQL; the server's process is what counts. */
export async function startOurs(): Promise<Receiver> {
  const deployment = await startDeployment();
  const school = await openSchool(deployment, 1).catch(async (failure: unknown) => {
    await deployment.stop();
    throw failure;
  });
  return {
    name: "ours (durable before each answer)",
    url: deployment.url,
    pid: deployment.pidOf("server"),
    takesParts: true,
    create: async (sizeBytes) => {
      const { path } = await createUpload(deployment, school, { fileName: "data.zip", sizeBytes });
      return {
        ...{ method: "PATCH", path, acceptedStatus: 204 },
        headers: (offset) => patchHeaders(school.key, offset),
        remove: () => removeUpload(deployment, school, path),
      };
    },
    stop: () => deployment.stop(),
  };
}
