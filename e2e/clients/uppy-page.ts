import Uppy from "@uppy/core";
import Tus from "@uppy/tus";

interface Options {
  readonly endpoint: string;
  readonly key: string;
  readonly chunkSize: number;
  readonly sizes: readonly number[];
  /** Once so many bytes of the first file are sent, it is paused, then goes on. */
  readonly pauseAfterBytes: number | null;
}

/** Bytes that anybody can make again: those of file `seed`. */
function bytesOf(seed: number, sizeBytes: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(sizeBytes);
  let state = seed + 1;
  for (let index = 0; index < sizeBytes; index += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[index] = state >>> 24;
  }
  return bytes;
}

/** Uppy with its tus plugin, as they come: told the address and the credential, and nothing else about us. */
async function send({ endpoint, key, chunkSize, sizes, pauseAfterBytes }: Options) {
  const uppy = new Uppy().use(Tus, {
    endpoint,
    chunkSize,
    headers: { Authorization: `Bearer ${key}` },
    retryDelays: [100, 1_000],
    allowedMetaFields: ["filename"],
  });
  const ids = sizes.map((sizeBytes, seed) => {
    const name = `base-${seed}.zip`;
    return uppy.addFile({
      name,
      type: "application/zip",
      data: new File([bytesOf(seed, sizeBytes)], name),
      meta: { filename: name },
    });
  });
  let pauses = 0;
  uppy.on("upload-progress", (file, { bytesUploaded }) => {
    if (!file || file.id !== ids[0] || pauseAfterBytes === null) return;
    if (pauses > 0 || bytesUploaded < pauseAfterBytes) return;
    pauses += 1;
    uppy.pauseResume(file.id);
    queueMicrotask(() => uppy.pauseResume(file.id));
  });
  const result = await uppy.upload();
  return {
    successful: result?.successful?.length ?? 0,
    errors: (result?.failed ?? []).map(({ error }) => error),
    pauses,
  };
}

declare global {
  interface Window {
    sendWithUppy: typeof send;
  }
}
window.sendWithUppy = send;
