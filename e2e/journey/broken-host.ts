import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Deployment, findFreePort, startDeployment } from "#tests/deployment/deployment.ts";

/** A deployment at whose provisioner and whose receiver of events nothing works until they are repaired. */
export interface BrokenHost {
  readonly deployment: Deployment;
  repairProvisioner(): void;
  /** From now on it asks to be tried again later. */
  occupyProvisioner(): void;
  repairReceiver(): void;
  stop(): Promise<void>;
}

export async function startBrokenHost(): Promise<BrokenHost> {
  const directory = mkdtempSync(join(tmpdir(), "bcdi-operator-"));
  const [repaired, busy] = [join(directory, "repaired"), join(directory, "busy")];
  let status = 503;
  const receiver = createServer((_request, response) => void response.writeHead(status).end());
  const port = await findFreePort();
  await new Promise<void>((resolve) => receiver.listen(port, "127.0.0.1", resolve));
  const end = () => {
    receiver.close();
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    const deployment = await startDeployment({
      environment: {
        ...{ PROVISIONER: "command", PROVISIONER_COMMAND: writeProvisioner(directory, { repaired, busy }) },
        WEBHOOK_URL: `http://127.0.0.1:${port}/`,
      },
    });
    return {
      deployment,
      repairProvisioner: () => writeFileSync(repaired, ""),
      occupyProvisioner: () => writeFileSync(busy, ""),
      repairReceiver: () => {
        status = 204;
      },
      stop: async () => {
        await deployment.stop();
        end();
      },
    };
  } catch (failure) {
    end();
    throw failure;
  }
}

/** A provisioner's program that fails for good until a file is there, and in passing once another one is. */
function writeProvisioner(directory: string, { repaired, busy }: { repaired: string; busy: string }): string {
  const path = join(directory, "provision.sh");
  const lines = ["cat > /dev/null", `[ -e '${busy}' ] && exit 75`, `[ -e '${repaired}' ] && exit 0`];
  writeFileSync(path, [...lines, "echo 'plus de licence disponible' >&2", "exit 1", ""].join("\n"));
  return `sh '${path}'`;
}
