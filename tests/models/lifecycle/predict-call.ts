import { DEPOSIT_OPEN, GRACE_MS } from "./protocol-table.ts";
import { enter, isHalf, type Licence, type Stand } from "./stand.ts";

/** What a call is answered, and where it leads. */
export interface Prediction {
  readonly status: number;
  /** The problem document's code, where the call is refused. */
  readonly code?: string;
  /** Whether it says when to ask again. */
  readonly isBrief?: boolean;
  readonly stand: Stand;
}

export type Request =
  | { readonly call: "create"; readonly licence: Licence }
  | { readonly call: "change"; readonly changes: Partial<Licence> }
  | { readonly call: "remove" | "cancel" | "retry" | "complete" };

export function predictCall(stand: Stand, request: Request, now: number): Prediction {
  switch (request.call) {
    case "create":
      return predictCreate(stand, request.licence);
    case "change":
      return predictChange(stand, request.changes);
    case "remove":
      return predictRemove(stand, now);
    case "cancel":
      return predictCancel(stand, now);
    case "retry":
      return predictRetry(stand);
    case "complete":
      return predictComplete(stand);
  }
}

const granted = (stand: Stand): Prediction => ({ status: 200, stand });
const refused = (stand: Stand, code = "state_conflict", status = 409): Prediction => ({
  status,
  code,
  stand,
});

export function isSame(one: Licence, other: Licence): boolean {
  return one.griffe === other.griffe && one.code === other.code && one.version === other.version;
}

function predictCreate(stand: Stand, licence: Licence): Prediction {
  if (stand.state !== "BCDIDELETED")
    return isSame(stand.licence, licence) ? granted(stand) : refused(stand, "already_exists", 404);
  const afresh = { isHandedOver: false, pending: null, problem: null, removalDueAt: null, files: [] };
  return granted(enter(stand, "START", { ...afresh, licence: { ...licence }, cycle: stand.cycle + 1 }));
}

function predictChange(stand: Stand, changes: Partial<Licence>): Prediction {
  const pending = { ...stand.licence, ...changes };
  if (stand.state === "BCDIALTER")
    return stand.pending && isSame(stand.pending, pending)
      ? granted(stand)
      : { ...refused(stand), isBrief: true };
  if (stand.state !== "BCDIDBWAIT" && stand.state !== "BCDIREADY") return refused(stand);
  return granted(enter(stand, "BCDIALTER", { alterFrom: stand.state, pending, problem: null }));
}

function predictRemove(stand: Stand, now: number): Prediction {
  if (stand.state === "BCDIDELETE" || stand.state === "BCDIDELETED") return granted(stand);
  return granted(enter(stand, "BCDIDELETE", { deleteFrom: stand.state, removalDueAt: now + GRACE_MS }));
}

function predictCancel(stand: Stand, now: number): Prediction {
  const { state, deleteFrom, removalDueAt } = stand;
  if (state !== "BCDIDELETE" || !deleteFrom || removalDueAt === null || removalDueAt <= now)
    return refused(stand);
  return granted(enter(stand, deleteFrom, { deleteFrom: null, removalDueAt: null }));
}

function predictRetry(stand: Stand): Prediction {
  if (stand.state === "STARTERROR") return granted(enter(stand, "START", { problem: null }));
  if (stand.state !== "BCDIUPLOADEDERROR") return refused(stand);
  if (stand.files.length === 0) return refused(stand, "main_base_missing");
  if (stand.files.some(isHalf)) return refused(stand, "deposit_incomplete");
  return granted(enter(stand, "BCDIDBUPLOADED", { problem: null }));
}

function predictComplete(stand: Stand): Prediction {
  if (!DEPOSIT_OPEN.includes(stand.state)) return stand.isHandedOver ? granted(stand) : refused(stand);
  if (stand.files.length === 0) return refused(stand, "main_base_missing");
  if (stand.files.some((file) => isHalf(file) || file.statuses.includes("rejected")))
    return refused(stand, "deposit_incomplete");
  return granted(enter(stand, "BCDIDBUPLOADED", { isHandedOver: true, problem: null }));
}
