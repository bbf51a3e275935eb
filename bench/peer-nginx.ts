import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { findFreePort } from "#tests/deployment/deployment.ts";
import type { Receiver } from "./receiver.ts";

const run = promisify(execFile);
const START_TIMEOUT_MS = 5_000;

/** nginx's PUT (its dav module) in one process: a floor, without resumption nor syncs. Null when it is not installed. */
export async function startPeerNginx(): Promise<Receiver | null> {
  const isInstalled = await run("nginx", ["-v"]).then(
    () => true,
    () => false,
  );
  if (!isInstalled) return null;
  const directory = await mkdtemp(join(tmpdir(), "bcdi-bench-nginx-"));
  const port = await findFreePort();
  const configuration = join(directory, "nginx.conf");
  await writeFile(configuration, configure(directory, port));
  const child = spawn("nginx", ["-p", directory, "-c", configuration, "-e", "stderr"], { stdio: "ignore" });
  const url = `http://127.0.0.1:${port}`;
  await waitUntilAnswering(url);
  let files = 0;
  return {
    ...{ name: "nginx PUT (dav)", url, pid: child.pid ?? 0, takesParts: false },
    create: async () => {
      files += 1;
      const path = `/files/${files}`;
      return {
        ...{ method: "PUT", path, acceptedStatus: 201 },
        headers: () => ({}),
        remove: () => rm(join(directory, "files", String(files)), { force: true }),
      };
    },
    stop: async () => {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
      await rm(directory, { recursive: true, force: true });
    },
  };
}

const configure = (directory: string, port: number): string => `
daemon off;
master_process off;
pid ${directory}/nginx.pid;
events {}
http {
  access_log off;
  client_max_body_size 0;
  client_body_buffer_size 1m;
  client_body_temp_path ${directory}/body;
  proxy_temp_path ${directory}/proxy;
  fastcgi_temp_path ${directory}/fastcgi;
  uwsgi_temp_path ${directory}/uwsgi;
  scgi_temp_path ${directory}/scgi;
  server {
    listen 127.0.0.1:${port};
    location /files/ { root ${directory}; dav_methods PUT; create_full_put_path on; }
  }
}
`;

async function waitUntilAnswering(url: string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (
      await fetch(url).then(
        () => true,
        () => false,
      )
    )
      return;
    await wait(50);
  }
  throw new Error("nginx did not start");
}
