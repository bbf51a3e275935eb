// The peer, bare, as its own documentation starts it. Run by peer-tus.ts.
import { FileStore } from "@tus/file-store";
import { Server } from "@tus/server";

const directory = process.argv[2] ?? "";
const server = new Server({ path: "/files", datastore: new FileStore({ directory }) });
const listening = server.listen({ host: "127.0.0.1", port: 0 }, () => {
  const address = listening.address();
  if (typeof address === "object" && address) process.send?.(address.port);
});
process.on("disconnect", () => process.exit(0));
