import { inspectZip } from "../inspect-zip.ts";
import { changeItem, type Engine, findItem, notify } from "./engine.ts";
import { computeIdentity } from "./identity.ts";
import { matchChosenFile } from "./match-file.ts";
import { sortDropped } from "./sort-dropped.ts";
import type { DepositItem } from "./state.ts";
import { FolderTooLargeError, zipFolder } from "./zip-folder.ts";

function createItem(file: File, identity: string | null, findings: DepositItem["findings"]): DepositItem {
  const phase = findings.some((finding) => finding.severity === "doubt") ? "held" : "queued";
  return {
    key: `${Date.now()}-${Math.random().toString(36).slice(2)}`,
    serverId: null,
    fileName: file.name,
    sizeBytes: file.size,
    file,
    identity,
    phase,
    sentBytes: 0,
    wait: null,
    stop: null,
    findings,
    problem: null,
    sha256: null,
    lastActivityAt: null,
    replacesServerId: null,
  };
}

/** Takes the files that somebody chose or dropped. `replacedKey`: the file whose own button was used. */
export async function takeFiles(
  engine: Engine,
  files: readonly File[],
  replacedKey: string | null = null,
): Promise<void> {
  const dropped = sortDropped(files);
  for (const folder of dropped.useless) notify(engine.store, "folder_without_base", folder);
  for (const file of dropped.files) await takeFile(engine, file, replacedKey);
  for (const base of dropped.bases) {
    engine.store.dispatch({ type: "preparing", folder: base.name });
    try {
      await takeFile(engine, await zipFolder(base.name, base.files), replacedKey);
    } catch (error) {
      notify(
        engine.store,
        error instanceof FolderTooLargeError ? "folder_too_large" : "unreadable",
        base.name,
      );
    }
    engine.store.dispatch({ type: "preparing", folder: null });
  }
}

async function takeFile(engine: Engine, file: File, replacedKey: string | null): Promise<void> {
  const { store } = engine;
  const reading = await readChosenFile(file);
  if (reading === null) {
    notify(store, "unreadable", file.name);
    return;
  }
  const { identity, findings } = reading;
  const { items } = store.getSnapshot();
  const match = matchChosenFile(items, { fileName: file.name, sizeBytes: file.size, identity }, replacedKey);
  switch (match.kind) {
    case "new":
      store.dispatch({ type: "item_added", item: createItem(file, identity, findings), inPlaceOf: null });
      break;
    case "resume":
      changeItem(engine, match.key, { file, identity, phase: "queued", stop: null });
      notify(store, "resumed", file.name);
      break;
    case "replace": {
      const replaced = findItem(engine, match.key);
      const item = createItem(file, identity, findings);
      const replacesServerId = replaced?.serverId ?? replaced?.replacesServerId ?? null;
      store.dispatch({ type: "item_added", item: { ...item, replacesServerId }, inPlaceOf: match.key });
      break;
    }
    default:
      notify(store, match.kind, file.name);
  }
  engine.pump();
}

async function readChosenFile(file: File): Promise<Pick<DepositItem, "identity" | "findings"> | null> {
  try {
    const [identity, findings] = await Promise.all([computeIdentity(file), inspectZip(file)]);
    return { identity, findings };
  } catch {
    return null;
  }
}
