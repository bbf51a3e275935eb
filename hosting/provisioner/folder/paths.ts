import { join } from "node:path";

export type InstancePaths = ReturnType<typeof instancePaths>;

/** Where an instance keeps what. All of it below one folder, named by the RNE. */
export function instancePaths(dataDirectory: string, rne: string) {
  const instances = join(dataDirectory, "instances");
  return {
    instances,
    ...pathsBelow(join(instances, rne)),
    /** On the same disk, so that a rename moves: what is being made, and what is being thrown away. */
    fresh: pathsBelow(join(instances, `.${rne}.new`)),
    discarded: join(instances, `.${rne}.old`),
  };
}

function pathsBelow(root: string) {
  return {
    root,
    bases: join(root, "bases"),
    freshBases: join(root, ".bases.new"),
    formerBases: join(root, ".bases.old"),
    ini: join(root, "bcdiserv.ini"),
    record: join(root, "instance.json"),
    server: join(root, "server.json"),
    serverLog: join(root, "server.log"),
  };
}
