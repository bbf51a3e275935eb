import fc from "fast-check";
import { expect } from "vitest";
import type { ExpectedUpload, Model, TusEndpoint } from "./endpoint.ts";

const LARGEST_UPLOAD_BYTES = 400_000;
const MOST_UPLOADS = 4;

type Command = fc.AsyncCommand<Model, TusEndpoint>;

/** Shares of what is left to send, and the number of an upload: any of those there are. */
const share = fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true }));
const which = fc.nat();

export const tusCommands = fc.commands(
  [
    fc.tuple(fc.nat(LARGEST_UPLOAD_BYTES), share, fc.nat()).map(createUpload),
    fc.tuple(which, share).map(([index, part]) => onUpload("patch", index, patchPart(part))),
    fc.tuple(which, share).map(([index, part]) => onUpload("patch", index, patchPart(part))),
    fc.tuple(which, share).map(([index, part]) => onUpload("cut", index, cutPart(part))),
    fc
      .tuple(which, fc.integer({ min: -500_000, max: 500_000 }))
      .map(([index, shift]) => onUpload(`offset ${shift}`, index, patchElsewhere(shift))),
    fc.tuple(which, share).map(([index, part]) => onUpload("two clients", index, sendFromTwo(part))),
    which.map((index) => onUpload("head", index, askOffset)),
    which.map((index) => onUpload("replay", index, replayLast)),
    which.map((index) => onUpload("too long", index, sendTooMuch)),
    which.map((index) => onUpload("delete", index, removeUpload)),
  ],
  { maxCommands: 30 },
);

function createUpload([sizeBytes, firstShare, seed]: [number, number, number]): Command {
  return {
    check: ({ uploads }) => uploads.length < MOST_UPLOADS,
    run: async (model, endpoint) => {
      const content = Buffer.from(
        Array.from({ length: sizeBytes }, (_, at) => (at * 31 + (at >> 8) + seed) % 251),
      );
      const name = `base-${model.created}.zip`;
      const first = content.subarray(0, Math.floor(firstShare * sizeBytes));
      model.created += 1;
      expect(await endpoint.create(name, content, first)).toBe(first.length);
      model.uploads.push({ name, content, received: first.length, last: null });
    },
    toString: () => `create(${sizeBytes} bytes, ${firstShare} of them at once)`,
  };
}

type Act = (upload: ExpectedUpload, endpoint: TusEndpoint, model: Model) => Promise<void>;

function onUpload(name: string, index: number, act: Act): Command {
  return {
    check: ({ uploads }) => uploads.length > 0,
    run: async (model, endpoint) => {
      const upload = model.uploads[index % model.uploads.length];
      if (upload) await act(upload, endpoint, model);
    },
    toString: () => `${name}(${index})`,
  };
}

const restOf = ({ content, received }: ExpectedUpload) => content.subarray(received);
const partOf = (upload: ExpectedUpload, size: number) =>
  restOf(upload).subarray(0, Math.ceil(size * restOf(upload).length));

function patchPart(size: number): Act {
  return async (upload, endpoint) => {
    const part = partOf(upload, size);
    const answer = await endpoint.patch(upload.name, upload.received, part);
    expect(answer.status, answer.text).toBe(204);
    if (part.length > 0) upload.last = { offset: upload.received, part };
    upload.received += part.length;
    expect(answer.headers.get("upload-offset")).toBe(String(upload.received));
  };
}

/** All, some or none of a cut part may have arrived; what the server then says of it, it must keep. */
function cutPart(size: number): Act {
  return async (upload, endpoint) => {
    const sizeBytes = restOf(upload).length;
    if (sizeBytes === 0) return;
    const part = partOf(upload, size).subarray(0, sizeBytes - 1);
    const cut = endpoint.openPart(upload.name, { offset: upload.received, sizeBytes });
    await cut.write(part);
    cut.cut();
    await expectToGoOn(upload, endpoint, part.length);
  };
}

function patchElsewhere(shift: number): Act {
  return async (upload, endpoint) => {
    const offset = Math.max(0, upload.received + shift);
    if (offset === upload.received) return;
    const answer = await endpoint.patch(upload.name, offset, Buffer.from("wrong"));
    expect(answer.status, answer.text).toBe(409);
    await askOffset(upload, endpoint);
  };
}

/** One client stalls; another one goes on from where the server says, and the first is sent away. */
function sendFromTwo(size: number): Act {
  return async (upload, endpoint) => {
    const sizeBytes = restOf(upload).length;
    if (sizeBytes === 0) return;
    const part = partOf(upload, size).subarray(0, sizeBytes - 1);
    const stalled = endpoint.openPart(upload.name, { offset: upload.received, sizeBytes });
    await stalled.write(part);
    await expectToGoOn(upload, endpoint, part.length);
    stalled.cut();
    expect([undefined, 423, 409]).toContain((await stalled.answer)?.status);
    await askOffset(upload, endpoint);
  };
}

/** Bytes of a part that was cut may still come in after a question: whoever goes on then asks once more. */
async function expectToGoOn(upload: ExpectedUpload, endpoint: TusEndpoint, mostBytes: number): Promise<void> {
  const most = upload.received + mostBytes;
  for (;;) {
    await expectWithin(upload, endpoint, most - upload.received);
    const own = partOf(upload, 0.5);
    const answer = await endpoint.patch(upload.name, upload.received, own);
    expect([204, 409, 423]).toContain(answer.status);
    if (answer.status !== 204) continue;
    upload.last = own.length > 0 ? { offset: upload.received, part: own } : null;
    upload.received += own.length;
    return;
  }
}

async function askOffset(upload: ExpectedUpload, endpoint: TusEndpoint): Promise<void> {
  expect(await endpoint.head(upload.name)).toEqual({ status: 200, offset: upload.received });
}

async function replayLast(upload: ExpectedUpload, endpoint: TusEndpoint): Promise<void> {
  if (!upload.last) return;
  const answer = await endpoint.patch(upload.name, upload.last.offset, upload.last.part);
  expect(answer.status, answer.text).toBe(409);
  await askOffset(upload, endpoint);
}

async function sendTooMuch(upload: ExpectedUpload, endpoint: TusEndpoint): Promise<void> {
  const tooMuch = Buffer.concat([restOf(upload), Buffer.from("more")]);
  const answer = await endpoint.patch(upload.name, upload.received, tooMuch);
  expect(answer.status, answer.text).toBe(413);
  await expectWithin(upload, endpoint, restOf(upload).length);
}

async function removeUpload(upload: ExpectedUpload, endpoint: TusEndpoint, model: Model): Promise<void> {
  await endpoint.remove(upload.name);
  model.uploads = model.uploads.filter((other) => other !== upload);
  expect((await endpoint.head(upload.name)).status).toBe(404);
}

async function expectWithin(upload: ExpectedUpload, endpoint: TusEndpoint, mostBytes: number): Promise<void> {
  const { status, offset } = await endpoint.head(upload.name);
  expect(status).toBe(200);
  if (offset === null) throw new Error("no offset");
  expect(offset).toBeGreaterThanOrEqual(upload.received);
  expect(offset).toBeLessThanOrEqual(upload.received + mostBytes);
  upload.received = offset;
}
