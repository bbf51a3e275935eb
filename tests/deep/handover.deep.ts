import { createWaitingSchool } from "#tests/client/school.ts";
import { createUpload, openPart, readOffset, remove, sendPart } from "#tests/client/tus.ts";
import { startDeployment } from "#tests/deployment/deployment.ts";
import { startSecondServer } from "#tests/deployment/second-server.ts";
import { deep } from "./deep.ts";
import { processorSeconds } from "./process-usage.ts";

const PART_BYTES = 100_000;
const FEWEST_ROUNDS = 5;

deep(
  "a file under way at one server goes on at another one at once, which does not spin for it",
  async (budget) => {
    const deployment = await startDeployment();
    const second = await startSecondServer(deployment);
    try {
      const school = await createWaitingSchool(deployment);
      const elsewhere = { ...school, server: second };
      const content = Buffer.alloc(2 * PART_BYTES, "bcdi");
      const waits: number[] = [];
      const before = processorSeconds(second.pid);
      while (waits.length < FEWEST_ROUNDS || budget.leftMs() > 0) {
        const file = await createUpload(school, content.length);
        const stalled = openPart(school, file, { offset: 0, sizeBytes: content.length });
        await stalled.write(content.subarray(0, PART_BYTES));
        const askedAt = performance.now();
        for (let status = 0; status !== 204; ) {
          const offset = await readOffset(elsewhere, file);
          // What was sent elsewhere may have been received between our question and our part: then we ask again.
          status = (await sendPart(elsewhere, file, offset, content.subarray(offset))).status;
          if (status !== 204 && status !== 409) throw new Error(`the other server answered ${status}`);
        }
        waits.push(performance.now() - askedAt);
        stalled.cut();
        await remove(school, file);
      }
      const sorted = waits.toSorted((a, b) => a - b);
      const processor = (1000 * (processorSeconds(second.pid) - before)) / waits.length;
      const median = sorted[sorted.length >> 1] ?? Number.NaN;
      budget.print(
        `handover: ${waits.length} rounds, median ${median.toFixed(0)} ms, longest ${sorted.at(-1)?.toFixed(0)} ms (goal, on a quiet machine: under 1000 ms); processor ${processor.toFixed(0)} ms a round`,
      );
    } finally {
      await second.stop();
      await deployment.stop();
    }
  },
);
