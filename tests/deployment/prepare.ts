// Makes the database that deployments of a test run begin with, in the folder that it is given: run by the test command.
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { findFreePort } from "./deployment.ts";
import { startProcess, waitUntilReady } from "./started.ts";

const [directory = ""] = process.argv.slice(2);
const dataDirectory = join(directory, "data");
const port = await findFreePort();
const url = `http://127.0.0.1:${port}`;
const started = startProcess({ PORT: String(port), PUBLIC_URL: url, DATA_DIR: dataDirectory });
const failed = started.ended.then((ending) => {
  throw new Error(`the first deployment ended with ${ending}:\n${started.output()}`);
});
failed.catch(() => {});
await Promise.race([waitUntilReady(url), failed]);
started.kill("SIGTERM");
await started.ended;
// Its port was for that one.
rmSync(join(dataDirectory, "postgres", "port"), { force: true });
// Owners and rights as they are.
execFileSync("cp", ["-a", join(dataDirectory, "postgres"), join(directory, "postgres")]);
