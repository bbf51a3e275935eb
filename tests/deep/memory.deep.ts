import { expect } from "vitest";
import { expectStatus } from "#tests/client/call.ts";
import { HttpConnection, repeatBlock } from "#tests/client/http-connection.ts";
import { createWaitingSchool } from "#tests/client/school.ts";
import { createUpload, partHeaders, pathOf, remove } from "#tests/client/tus.ts";
import { startDeployment } from "#tests/deployment/deployment.ts";
import { deep } from "./deep.ts";
import { memoryOf } from "./process-usage.ts";
import { mib } from "./sizes.ts";

const GIB = 1024 ** 3;
const MOST_UPLOADS = 20;
const FEWEST_UPLOADS = 4;
const LARGE_FROM_MINUTES = 3;
/** Growth counts from the second upload: the first warms the process up. */
const GOAL_BYTES = 64 * 1024 ** 2;

deep(
  "a server that receives one large file after another does not grow",
  async ({ minutes, leftMs, print }) => {
    const sizeBytes = minutes >= LARGE_FROM_MINUTES ? 2 * GIB : GIB / 2;
    print(
      `memory: up to ${MOST_UPLOADS} uploads of ${mib(sizeBytes)}, one after another (nothing random, hence no seed)`,
    );
    const deployment = await startDeployment();
    try {
      const school = await createWaitingSchool(deployment);
      const pid = deployment.pidOf("server");
      print(`  before        ${mib(memoryOf(pid).residentBytes)}`);
      const after: number[] = [];
      while (after.length < FEWEST_UPLOADS || (after.length < MOST_UPLOADS && leftMs() > 0)) {
        const file = await createUpload(school, sizeBytes);
        const connection = await HttpConnection.open(deployment.url);
        const answer = await connection.send({
          ...{ method: "PATCH", path: pathOf(school, file), headers: partHeaders(school, 0) },
          ...{ bodyBytes: sizeBytes, body: repeatBlock(sizeBytes) },
        });
        connection.close();
        expectStatus(answer, 204);
        expectStatus(await remove(school, file), 204);
        const { residentBytes, peakBytes } = memoryOf(pid);
        after.push(residentBytes);
        print(
          `  after ${String(after.length).padStart(3)}     ${mib(residentBytes)}, peak ${mib(peakBytes)}`,
        );
      }
      const growthBytes = (after.at(-1) ?? 0) - (after[1] ?? 0);
      print(`  growth from the second to the last: ${mib(growthBytes)} (goal: under ${mib(GOAL_BYTES)})`);
      expect(growthBytes).toBeLessThan(GOAL_BYTES);
    } finally {
      await deployment.stop();
    }
  },
);
