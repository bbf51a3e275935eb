import { join } from "node:path";

/** Where an instance keeps what. All of it below one folder, named by the RNE. */
export function instancePaths(dataDirectory: string, rne: string) {
  const instances = join(dataDirectory, "instances");
  const root = join(instances, rne);
  return {
    instances,
    root,
    bases: join(root, "bases"),
    ini: join(root, "bcdiserv.ini"),
    record: join(root, "instance.json"),
    /** On the same disk, so that a rename moves: what is being made, and what is being thrown away. */
    fresh: join(instances, `.${rne}.new`),
    discarded: join(instances, `.${rne}.old`),
  };
}
