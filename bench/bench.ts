import { availableParallelism, cpus } from "node:os";
import { parseArgs } from "node:util";
import { benchEstimates } from "./estimates.ts";
import { benchMount } from "./mount.ts";
import { startOurs } from "./ours.ts";
import { startPeerNginx } from "./peer-nginx.ts";
import { startPeerTus } from "./peer-tus.ts";
import type { Receiver } from "./receiver.ts";
import { measureReceiving, type Receiving } from "./receiving.ts";

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;
const GOAL_RATIO = 0.5;

const { values } = parseArgs({
  options: {
    only: { type: "string", default: "receiving,mount,estimates" },
    rounds: { type: "string", default: "3" },
    gib: { type: "string", default: "2" },
  },
});
const wanted = values.only.split(",");
const fileBytes = Number(values.gib) * GIB;
const rounds = Number(values.rounds);

console.log(
  `Node ${process.version}, ${availableParallelism()} × ${cpus()[0]?.model ?? "processor"}, loopback`,
);
if (wanted.includes("receiving")) await benchReceiving();
if (wanted.includes("mount")) for (const line of await benchMount()) console.log(line);
if (wanted.includes("estimates")) for (const line of benchEstimates()) console.log(line);

async function benchReceiving(): Promise<void> {
  const receivers: Receiver[] = [];
  try {
    receivers.push(await startOurs(), await startPeerTus());
    const nginx = await startPeerNginx();
    if (nginx) receivers.push(nginx);
    else console.log("nginx is not installed: its PUT was not measured.");
    const whole = { fileBytes, partBytes: fileBytes, rounds };
    const parts = { fileBytes: Math.min(fileBytes, GIB), partBytes: 8 * MIB, rounds };
    print(
      `one body of ${fileBytes / GIB} GiB, ${rounds} rounds in turns`,
      await measureReceiving(receivers, whole),
    );
    print(
      `parts of 8 MiB, each answered for, ${rounds} rounds in turns`,
      await measureReceiving(
        receivers.filter((receiver) => receiver.takesParts),
        parts,
      ),
    );
  } finally {
    await Promise.allSettled(receivers.map((receiver) => receiver.stop()));
  }
}

function print(title: string, measured: readonly Receiving[]): void {
  const [ours, peer] = measured;
  if (!ours || !peer) throw new Error("nothing was measured");
  console.log(`\nReceiving: ${title}`);
  console.log(`${"".padEnd(36)}processor s/GiB   wall s/GiB   peak MiB   rounds (processor)`);
  for (const row of measured) {
    const cells = [
      row.name.padEnd(36),
      row.processorSecondsPerGib.toFixed(2).padStart(15),
      row.wallSecondsPerGib.toFixed(2).padStart(13),
      (row.peakBytes / MIB).toFixed(0).padStart(11),
    ];
    console.log(`${cells.join("")}   ${row.rounds.map((round) => round.processor.toFixed(2)).join(" ")}`);
  }
  const ratio = ours.processorSecondsPerGib / peer.processorSecondsPerGib;
  const verdict = ratio <= GOAL_RATIO ? "reached" : "missed";
  console.log(`processor, ours / @tus/server: ${ratio.toFixed(2)} (goal: at most ${GOAL_RATIO}, ${verdict})`);
}
