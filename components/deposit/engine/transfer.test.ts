import { expect, test } from "vitest";
import { createAlarmClock } from "./alarm-clock.ts";
import type { Failure } from "./failure.ts";
import { computeIdentity } from "./identity.ts";
import { createLink, type TransferOptions, transferFile } from "./transfer.ts";
import type { AttemptOptions, AttemptResult } from "./tus-attempt.ts";

type Script = (number | null | "sent" | Failure)[];

/** A transfer whose attempts end as the script says; waits are woken at once. */
async function play(script: Script, changes: Partial<TransferOptions> = {}) {
  const file = new File(["contenu"], "data.zip");
  const clock = createAlarmClock();
  const attempts: AttemptOptions[] = [];
  const waits: string[] = [];
  const renewals: string[] = [];
  const outcome = await transferFile({
    file,
    identity: await computeIdentity(file),
    uploadUrl: "/x",
    access: {
      authorize: async () => "Bearer t",
      renew: async () => void renewals.push("renewed"),
      adopt: async () => undefined,
    },
    link: createLink(),
    clock,
    signal: new AbortController().signal,
    onSent: () => undefined,
    onWait: (wait) => {
      if (!wait) return;
      waits.push(wait.reason);
      queueMicrotask(clock.wakeAll);
    },
    attempt: async (options): Promise<AttemptResult> => {
      attempts.push(options);
      const step = script.shift();
      if (step === undefined || step === "sent") return { kind: "sent" };
      const failure =
        typeof step === "object" && step !== null
          ? step
          : { status: step, problem: null, retryAfterMs: null, method: "PATCH" };
      return { kind: "failed", failure };
    },
    ...changes,
  });
  return { outcome, attempts, waits, renewals };
}

test("a transfer survives cuts, restarts and a busy server, for as long as they last", async () => {
  const { outcome, waits } = await play([null, 502, 503, 408, 429, 507, ...Array<null>(40).fill(null)]);
  expect(outcome.kind).toBe("done");
  expect(waits.slice(0, 6)).toEqual(["network", "server", "server", "server", "busy", "disk_full"]);
  expect(waits).toHaveLength(46);
});

test("another offset than expected is asked for again at once", async () => {
  const { outcome, waits } = await play([409]);
  expect(outcome.kind).toBe("done");
  expect(waits).toEqual([]);
});

test("a 401 renews the access once and goes on", async () => {
  const { outcome, renewals } = await play([401]);
  expect(outcome.kind).toBe("done");
  expect(renewals).toEqual(["renewed"]);
});

test("an access that stays refused after a renewal stops the file", async () => {
  const { outcome } = await play([401, 401, 401]);
  expect(outcome).toEqual({ kind: "stopped", stop: { code: "access_lost", detail: null } });
});

test("a proxy's limit makes the requests smaller until they pass", async () => {
  const link = createLink();
  const { outcome } = await play([413, 413, 413], { link });
  expect(outcome.kind).toBe("done");
  expect(link.chunkSize.bytes).toBe(1024 * 1024);
});

test("a proxy that refuses everything ends with an explanation", async () => {
  const { outcome } = await play([413, 413, 413, 413, 413, 413]);
  expect(outcome).toMatchObject({ kind: "stopped", stop: { code: "proxy_limit" } });
});

test("a proxy that refuses PATCH gets POST", async () => {
  const { outcome, attempts } = await play([405]);
  expect(outcome.kind).toBe("done");
  expect(attempts.map((attempt) => attempt.overridePatchMethod)).toEqual([false, true]);
});

test("a file that changed while it was sent is named, even when the server took it", async () => {
  const { outcome } = await play(["sent"], { identity: "0".repeat(64) });
  expect(outcome).toMatchObject({ kind: "stopped", stop: { code: "file_changed" } });
});
