import type { IncidentProblem } from "#contract/problem.ts";
import type { ZipFinding } from "../inspect-zip.ts";
import type { Stop, StopCode, WaitReason } from "./failure.ts";

/**
 * Where a file stands. `absent`: the server holds a part of it and the page does not have the file. `held`: something
 * seemed wrong inside, a person decides. `received` and later are said by the server alone.
 */
export type ItemPhase =
  | "held"
  | "queued"
  | "sending"
  | "waiting"
  | "paused"
  | "confirming"
  | "received"
  | "mounted"
  | "rejected"
  | "stopped"
  | "absent";

/** A pause before trying again; `attempt` counts the failures in a row, from 1. */
export type Wait = { reason: WaitReason; resumeAtMs: number; attempt: number };

/** One file of the deposit as the page knows it. The first item of the list is the main base. */
export type DepositItem = {
  key: string;
  serverId: string | null;
  fileName: string;
  sizeBytes: number;
  file: File | null;
  identity: string | null;
  phase: ItemPhase;
  sentBytes: number;
  wait: Wait | null;
  stop: Stop | null;
  findings: readonly ZipFinding[];
  problem: IncidentProblem | null;
  sha256: string | null;
  lastActivityAt: string | null;
  /** The file on the server that this one takes the place of, still to be removed there. */
  replacesServerId: string | null;
};

export type NoticeKind =
  | "duplicate"
  | "mismatch"
  | "same_as_rejected"
  | "empty"
  | "too_many"
  | "resumed"
  | "unreadable"
  | "folder_without_base"
  | "folder_too_large"
  | "action_failed";

export type Notice = { id: string; kind: NoticeKind; fileName: string; detail: string | null };

export type RefusalCode = "no_invitation" | "access_refused" | "refused";

export type Screen =
  | { kind: "opening"; wait: Wait | null }
  | { kind: "refused"; code: RefusalCode; detail: string | null }
  | { kind: "form" }
  | { kind: "receipt" };

export type Finishing = { kind: "no" } | { kind: "asking" } | { kind: "sending"; wait: Wait | null };

export type DepositState = {
  screen: Screen;
  rne: string;
  items: readonly DepositItem[];
  notices: readonly Notice[];
  problems: readonly IncidentProblem[];
  finishing: Finishing;
  /** Why the deposit could not be finished, in the server's words. */
  finishFailure: string | null;
  completedAt: string | null;
  accessLost: boolean;
  /** True once a person, or an earlier visit, has settled which base is the main one. */
  isMainSettled: boolean;
  bytesPerSecond: number | null;
  /** The folder that is being made into a zip. */
  preparing: string | null;
};

export type { Stop, StopCode, WaitReason };

export const INITIAL_STATE: DepositState = {
  screen: { kind: "opening", wait: null },
  rne: "",
  items: [],
  notices: [],
  problems: [],
  finishing: { kind: "no" },
  finishFailure: null,
  completedAt: null,
  accessLost: false,
  isMainSettled: false,
  bytesPerSecond: null,
  preparing: null,
};

export const ACTIVE_PHASES: readonly ItemPhase[] = ["queued", "sending", "waiting", "confirming"];
export const DONE_PHASES: readonly ItemPhase[] = ["received", "mounted"];
