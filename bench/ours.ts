import { expectStatus } from "#tests/client/call.ts";
import { createWaitingSchool } from "#tests/client/school.ts";
import { createUpload, partHeaders, pathOf, remove } from "#tests/client/tus.ts";
import { startDeployment } from "#tests/deployment/deployment.ts";
import type { Receiver } from "./receiver.ts";

/** The product as it is deployed: server, worker, PostgreSQL; the server's process is what counts. */
export async function startOurs(): Promise<Receiver> {
  const deployment = await startDeployment();
  const school = await createWaitingSchool(deployment).catch(async (failure: unknown) => {
    await deployment.stop();
    throw failure;
  });
  return {
    name: "ours (durable before each answer)",
    url: deployment.url,
    pid: deployment.pidOf("server"),
    takesParts: true,
    create: async (sizeBytes) => {
      const file = await createUpload(school, sizeBytes);
      return {
        ...{ method: "PATCH", path: pathOf(school, file), acceptedStatus: 204 },
        headers: (offset) => partHeaders(school, offset),
        remove: async () => void expectStatus(await remove(school, file), 204),
      };
    },
    stop: () => deployment.stop(),
  };
}
