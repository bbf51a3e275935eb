import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect } from "vitest";
import { sweepHosting } from "#hosting/jobs/sweep.ts";
import { HOUR_MS, learnOffset, type Model, type ModelUpload, type Real } from "./world.ts";

const LARGEST_BYTES = 200_000;
const MOST_UPLOADS = 4;

type Command = fc.AsyncCommand<Model, Real>;
type Act = (upload: ModelUpload, real: Real, model: Model) => Promise<void>;

const share = fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true }));
const which = fc.nat();
/** Never close to the limit of 336 hours: an hour more or less is nobody's concern. */
const hours = fc.constantFrom(10, 170, 340, 700);

export const depositCommands = fc.commands(
  [
    fc.tuple(fc.nat(LARGEST_BYTES), share).map(create),
    fc.tuple(which, share).map(([index, part]) => on(`patch ${part}`, index, patch(part))),
    fc.tuple(which, share).map(([index, part]) => on(`patch ${part}`, index, patch(part))),
    fc.tuple(which, share).map(([index, part]) => on(`cut ${part}`, index, cut(part))),
    fc.tuple(which, share).map(([index, part]) => on(`two clients ${part}`, index, sendFromTwo(part))),
    fc
      .tuple(which, fc.integer({ min: 1, max: 9_999 }))
      .map(([i, by]) => on(`offset +${by}`, i, elsewhere(by))),
    which.map((index) => on("head", index, head)),
    which.map((index) => on("replay", index, replay)),
    which.map((index) => on("delete", index, remove)),
    which.map((index) => on("delete under a patch", index, removeUnderPatch)),
    which.map((index) => on("sweep under a patch", index, sweepUnderPatch)),
    hours.map(advance),
    fc.constant(sweep()),
  ],
  { maxCommands: 25 },
);

function create([sizeBytes, part]: [number, number]): Command {
  return {
    check: ({ uploads }) => uploads.length < MOST_UPLOADS,
    run: async (model, { deposit }) => {
      const content = randomBytes(sizeBytes);
      const first = content.subarray(0, Math.floor(part * sizeBytes));
      const fileName = `base${model.created}.zip`;
      model.created += 1;
      const body = first.length > 0 ? { body: first } : {};
      const answer = await deposit.create(sizeBytes, { fileName, ...body });
      expect(answer.status).toBe(201);
      const id = answer.location?.split("/").at(-1) ?? "";
      model.uploads.push({ id, content, received: first.length, last: null, idleSince: model.hours });
    },
    toString: () => `create(${sizeBytes}, ${part} at once)`,
  };
}

function on(name: string, index: number, act: Act): Command {
  return {
    check: ({ uploads }) => uploads.length > 0,
    run: async (model, real) => {
      const upload = model.uploads[index % model.uploads.length];
      if (upload) await act(upload, real, model);
    },
    toString: () => `${name} of ${index}`,
  };
}

function nextPart({ content, received }: ModelUpload, part: number): Buffer {
  return content.subarray(received, received + Math.floor(part * (content.length - received)));
}

function patch(part: number): Act {
  return async (upload, { deposit }, model) => {
    const bytes = nextPart(upload, part);
    const offset = upload.received + bytes.length;
    expect(await deposit.patch(upload.id, upload.received, bytes)).toMatchObject({ status: 204, offset });
    Object.assign(upload, {
      last: { offset: upload.received, bytes },
      received: offset,
      idleSince: model.hours,
    });
  };
}

function cut(part: number): Act {
  return async (upload, { deposit }, model) => {
    const bytes = nextPart(upload, part);
    const under = deposit.openPatch(upload.id, upload.received, upload.content.length - upload.received);
    under.write(bytes);
    under.cut();
    await under.answer.catch(() => null);
    await learnOffset(upload, deposit, model, bytes.length);
  };
}

function sendFromTwo(part: number): Act {
  return async (upload, { deposit }, model) => {
    const bytes = nextPart(upload, part);
    const answers = await Promise.all([1, 2].map(() => deposit.patch(upload.id, upload.received, bytes)));
    // One wins, or each gives way to the other: no third thing.
    for (const { status } of answers) expect([204, 409, 423]).toContain(status);
    await learnOffset(upload, deposit, model, bytes.length);
    for (const { status, offset } of answers)
      if (status === 204) expect(offset).toBeLessThanOrEqual(upload.received);
  };
}

function elsewhere(by: number): Act {
  return async (upload, { deposit }, model) => {
    expect((await deposit.patch(upload.id, upload.received + by, randomBytes(10))).status).toBe(409);
    upload.idleSince = model.hours;
  };
}

const head: Act = async (upload, { deposit }, model) => {
  expect(await deposit.head(upload.id)).toMatchObject({ status: 200, offset: upload.received });
  if (upload.received < upload.content.length) upload.idleSince = model.hours;
};

const replay: Act = async (upload, { deposit }, model) => {
  if (!upload.last || upload.last.bytes.length === 0) return;
  const answer = await deposit.patch(upload.id, upload.last.offset, upload.last.bytes);
  expect(answer.status).toBe(409);
  upload.idleSince = model.hours;
};

const forget = (model: Model, upload: ModelUpload) => {
  model.uploads = model.uploads.filter((other) => other !== upload);
  model.gone.push(upload.id);
};

const remove: Act = async (upload, { deposit }, model) => {
  expect((await deposit.remove(upload.id)).status).toBe(204);
  forget(model, upload);
};

const removeUnderPatch: Act = async (upload, { deposit }, model) => {
  const left = upload.content.length - upload.received;
  const under = deposit.openPatch(upload.id, upload.received, left + 1);
  under.write(upload.content.subarray(upload.received));
  expect((await deposit.remove(upload.id)).status).toBe(204);
  under.cut();
  const answer = await under.answer.catch(() => null);
  if (answer) expect(answer.status).toBeGreaterThanOrEqual(400);
  forget(model, upload);
};

const sweepUnderPatch: Act = async (upload, { deposit }, model) => {
  const bytes = upload.content.subarray(upload.received);
  if (bytes.length < 2) return;
  const under = deposit.openPatch(upload.id, upload.received, bytes.length);
  under.write(bytes.subarray(0, 1));
  // Its lock is what the sweeper asks for: it must have it by now.
  await expect.poll(() => deposit.countLocks(), { timeout: 20_000, interval: 5 }).toBeGreaterThan(0);
  await sweepHosting(deposit.context);
  under.write(bytes.subarray(1));
  expect(await under.answer).toMatchObject({ status: 204, offset: upload.content.length });
  Object.assign(upload, { received: upload.content.length, last: null, idleSince: model.hours });
  await expireIdle(model);
};

function advance(by: number): Command {
  return {
    check: () => true,
    run: async (model, { deposit }) => {
      deposit.hosting.advance(by * HOUR_MS);
      model.hours += by;
    },
    toString: () => `${by} hours pass`,
  };
}

function sweep(): Command {
  return {
    check: () => true,
    run: async (model, { deposit }) => {
      await sweepHosting(deposit.context);
      await expireIdle(model);
    },
    toString: () => "sweep",
  };
}

/** What is not whole, and was left alone for longer than the limit, is gone. */
async function expireIdle(model: Model): Promise<void> {
  for (const upload of [...model.uploads])
    if (upload.received < upload.content.length && model.hours - upload.idleSince > 336)
      forget(model, upload);
}
