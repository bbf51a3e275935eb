import { connect, createServer } from "node:net";
import { text } from "node:stream/consumers";
import { z } from "zod";

const AnswerSchema = z.object({
  pid: z.number(),
  directory: z.string(),
  rne: z.string(),
  ini: z.string(),
  notices: z.string(),
  hasSecret: z.boolean(),
});

/** What the little server below says of itself to whoever connects: read once, at its start. */
export type ServerAnswer = z.infer<typeof AnswerSchema>;

const PROGRAM = `
const { readFileSync } = require("node:fs");
const read = (path) => { try { return readFileSync(path, "latin1"); } catch { return ""; } };
const answer = JSON.stringify({ pid: process.pid, directory: process.cwd(), rne: process.env.RNE,
  ini: read(process.env.BCDI_INI), notices: read(process.env.INSTANCE_DIR + "/bases/data/NOTICES.DAT"),
  hasSecret: process.env.SECRET_KEY !== undefined });
console.log("serving", process.env.RNE);
process.on("SIGUSR2", () => console.log("asked to speak"));
require("node:net").createServer((socket) => socket.on("error", () => {}).end(answer)).listen(Number(process.env.PORT), "127.0.0.1");`;

const node = (program: string) => `'${process.execPath}' -e '${program}'`;

/** Stand-ins for BCDI's server, as BCDI_SERVER_COMMAND names it. */
export const SERVERS = {
  serving: node(PROGRAM),
  servingFromChild: `${node(PROGRAM)} & wait`,
  deafToTerm: node(`process.on("SIGTERM", () => {});${PROGRAM}`),
  endingAtOnce: "echo licence refused; exit 3",
  silent: "echo waiting for a licence; exec sleep 1000",
} as const;

export async function askServer(port: number): Promise<ServerAnswer> {
  const socket = connect({ host: "127.0.0.1", port });
  return AnswerSchema.parse(JSON.parse(await text(socket)));
}

export async function occupyPort(wanted: number): Promise<{ port: number; close: () => Promise<void> }> {
  const server = createServer((socket) => socket.end());
  await new Promise<void>((resolve) => server.listen(wanted, "127.0.0.1", () => resolve()));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return { port, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** Whether a process runs; one that is dead and not yet looked after does not. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
