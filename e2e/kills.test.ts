import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { UploadTokenSchema } from "#contract/deposit.ts";
import { zipOfBase } from "#tests/archives/zips.ts";
import { callOn, createWaitingSchool, type School, waitForState } from "#tests/client/school.ts";
import { createUpload, sendPart, upload } from "#tests/client/tus.ts";
import { waitUntil } from "#tests/client/wait-until.ts";
import { findFreePort } from "#tests/deployment/deployment.ts";
import { type GatedDeployment, startGatedDeployment } from "#tests/deployment/gates.ts";
import { startProcess, waitUntilReady } from "#tests/deployment/started.ts";

describe("a deployment", () => {
  let deployment: GatedDeployment;
  beforeAll(async () => {
    deployment = await startGatedDeployment({ UPLOAD_MAX_BYTES: "100000000" });
  });
  afterEach(() => deployment.gates.openAll());
  afterAll(() => deployment.stop());

  async function createHeldWhileMounting(): Promise<School> {
    const school = await createWaitingSchool(deployment);
    await upload(school, await zipOfBase("data"));
    deployment.gates.close(school.rne, "mount");
    await callOn(school, "POST", "/deposit/complete");
    await deployment.gates.held(school.rne, "mount");
    return school;
  }

  it("refuses to be started twice on one folder, clearly", async () => {
    const port = await findFreePort();
    const second = startProcess({
      ...{ PORT: String(port), PUBLIC_URL: `http://127.0.0.1:${port}` },
      DATA_DIR: deployment.dataDirectory,
    });
    onTestFinished(() => second.kill("SIGTERM"));
    expect(await second.ended).toBe(1);
    expect(second.output()).toMatch(/already running/);
    expect(second.output()).not.toMatch(/\n\s+at /);
    expect((await fetch(`${deployment.url}/api/health`)).ok).toBe(true);
  });

  it("has its server back after a kill -9, and nothing acknowledged is lost", async () => {
    const school = await createWaitingSchool(deployment);
    const content = await zipOfBase("data", 2_000_000);
    const file = await createUpload(school, content.length);
    await sendPart(school, file, 0, content.subarray(0, 1_000_000));
    const pid = deployment.pidOf("server");
    process.kill(pid, "SIGKILL");
    await waitUntil("another server", () => (deployment.pidOf("server") === pid ? null : true));
    await waitUntilReady(deployment.url);
    const sent = await sendPart(school, file, 1_000_000, content.subarray(1_000_000));
    expect(sent.status, sent.text).toBe(204);
    await callOn(school, "POST", "/deposit/complete");
    await waitForState(school, "BCDIREADY");
  });

  it("ends the step that its worker was killed in", async () => {
    const school = await createHeldWhileMounting();
    const pid = deployment.pidOf("worker");
    process.kill(pid, "SIGKILL");
    deployment.gates.openAll();
    const ready = await waitForState(school, "BCDIREADY", 90_000);
    expect(deployment.pidOf("worker")).not.toBe(pid);
    expect(ready.history.map((step) => step.state)).toEqual([
      ...["START", "BCDIDBWAIT", "BCDIDBUPLOADED", "BCDIDBUPLOADEDRIGHT", "BCDIREADY"],
    ]);
  });

  it("prints no key, no token and no password", async () => {
    const school = await createWaitingSchool(deployment);
    const answer = await callOn(school, "POST", "/upload-tokens");
    const { token } = UploadTokenSchema.parse(JSON.parse(answer.text));
    await callOn(school, "GET", "/deposit", { key: token });
    await callOn(school, "GET", `?key=${school.key}&token=${token}`, { key: "wrong" });
    await callOn(school, "GET", `/nothing/${school.key}`);
    await callOn(school, "PUT", "", {
      body: `{"key": "${school.key}"`,
      headers: { "Content-Type": "application/json" },
    });
    const read = (name: string) => readFileSync(join(deployment.dataDirectory, name), "utf8");
    const generated: Record<string, string> = JSON.parse(read("secrets.json"));
    const secrets = [school.key, token, read("postgres/password").trim(), ...Object.values(generated)];
    expect(secrets.length).toBeGreaterThanOrEqual(6);
    const logs = [deployment.output(), read("postgres/postgres.log")].join("\n");
    for (const secret of secrets) expect(logs.includes(secret)).toBe(false);
  });
});
