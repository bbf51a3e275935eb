import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Receiver } from "./receiver.ts";

/** @tus/server with its file store in a process of its own, on the same disk. It never syncs. */
export async function startPeerTus(): Promise<Receiver> {
  const directory = await mkdtemp(join(tmpdir(), "bcdi-bench-tus-"));
  const child = fork(join(import.meta.dirname, "peer-tus-server.ts"), [directory], {
    env: { PATH: process.env.PATH, NODE_ENV: "production" },
  });
  const [port] = await once(child, "message");
  const url = `http://127.0.0.1:${Number(port)}`;
  return {
    ...{ name: "@tus/server + @tus/file-store", url, pid: child.pid ?? 0, takesParts: true },
    create: async (sizeBytes) => {
      const headers = { "tus-resumable": "1.0.0" };
      const created = await fetch(`${url}/files`, {
        method: "POST",
        headers: { ...headers, "upload-length": String(sizeBytes) },
      });
      const path = new URL(created.headers.get("location") ?? "", url).pathname;
      return {
        ...{ method: "PATCH", path, acceptedStatus: 204 },
        headers: (offset) => ({
          ...headers,
          "content-type": "application/offset+octet-stream",
          "upload-offset": String(offset),
        }),
        remove: async () => {
          await fetch(`${url}${path}`, { method: "DELETE", headers });
        },
      };
    },
    stop: async () => {
      const ended = once(child, "exit");
      child.disconnect();
      await ended;
      await rm(directory, { recursive: true, force: true });
    },
  };
}
