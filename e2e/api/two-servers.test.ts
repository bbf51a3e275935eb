import { afterAll, beforeAll, expect, test } from "vitest";
import { createWaitingSchool } from "#tests/client/school.ts";
import { createUpload, offsetOf, openPart, readDeposit, readOffset, sendPart } from "#tests/client/tus.ts";
import { waitUntil } from "#tests/client/wait-until.ts";
import { type Deployment, startDeployment } from "#tests/deployment/deployment.ts";
import { type SecondServer, startSecondServer } from "#tests/deployment/second-server.ts";

const PART_BYTES = 100_000;

let deployment: Deployment;
let second: SecondServer;
beforeAll(async () => {
  deployment = await startDeployment();
  second = await startSecondServer(deployment);
});
afterAll(async () => {
  await second.stop();
  await deployment.stop();
});

test("a file under way at one server goes on at another one, and the first sender is sent away", async () => {
  const school = await createWaitingSchool(deployment);
  const elsewhere = { ...school, server: second };
  const content = Buffer.alloc(2 * PART_BYTES, "bcdi");
  const file = await createUpload(school, content.length);
  const stalled = openPart(school, file, { offset: 0, sizeBytes: content.length });
  await stalled.write(content.subarray(0, PART_BYTES));
  await waitUntil("the rest to be taken at the other server", async () => {
    const offset = await readOffset(elsewhere, file);
    const answer = await sendPart(elsewhere, file, offset, content.subarray(offset));
    // What was sent elsewhere may have been received between our question and our part: then we ask again.
    if (answer.status === 409) return null;
    expect([answer.status, offsetOf(answer)]).toEqual([204, content.length]);
    return answer;
  });
  stalled.cut();
  expect([undefined, 423]).toContain((await stalled.answer)?.status);
  expect((await readDeposit(school)).files).toMatchObject([{ status: "received", received: content.length }]);
});
