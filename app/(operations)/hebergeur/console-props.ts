import type { AttentionListProps } from "#components/operations/attention-list.tsx";
import type { ConsoleSummaryProps } from "#components/operations/console-summary.tsx";
import type { MachineProps } from "#components/operations/machine-card.tsx";
import type { QueueRow } from "#components/operations/queue-card.tsx";
import type { Undelivered } from "#components/operations/undelivered-list.tsx";
import { incidentTitle } from "#components/operations/wording.ts";
import type { UndeliveredEvent } from "#hosting/operations/list-undelivered.ts";
import type { ConsoleFigures } from "#hosting/operations/read-console.ts";
import type { DiskFigures } from "#hosting/operations/read-disk.ts";
import { formatDuration } from "#platform/french/durations.ts";
import { formatRelativeInstant } from "#platform/french/instants.ts";
import { formatSize } from "#platform/french/sizes.ts";
import { resendAction, retryAllAction } from "./actions.ts";
import { incidentAttention, stepAttention } from "./attention.ts";
import { describeDeliveryFailure } from "./delivery-failure.ts";
import { sayNextTry } from "./french.ts";

const COUNT = new Intl.NumberFormat("fr-FR");
const DISK_WARNING_RATIO = 0.15;
const DISK_DANGER_RATIO = 0.05;

export function attentionProps({ incidents, troubled }: ConsoleFigures, now: Date): AttentionListProps {
  // What only waits to be closed by hand is no longer broken: after the rest.
  const urgentFirst = incidents.open.toSorted(
    (left, right) => Number(left.canSettle) - Number(right.canSettle),
  );
  const { no_job, late, failing } = troubled.counts;
  return {
    attentions: [
      ...urgentFirst.map((incident) => incidentAttention(incident, now)),
      ...troubled.shown.map((step) => stepAttention(step, now)),
    ],
    hidden: incidents.total - incidents.open.length + no_job + late + failing - troubled.shown.length,
    retryAll: retryAllAction,
    resolved: incidents.resolved.map(({ reference, rne, kind, resolvedAt }) => ({
      ...{ reference, rne },
      text: `${incidentTitle(kind)}\u202f: réglé ${resolvedAt ? formatRelativeInstant(resolvedAt, now) : ""}`,
    })),
  };
}

export function summaryProps(figures: ConsoleFigures): ConsoleSummaryProps {
  const { incidents, troubled, undelivered, disk, processes } = figures;
  return {
    incidents: incidents.total,
    stuck: troubled.counts.no_job + troubled.counts.late,
    failing: troubled.counts.failing,
    undelivered: undelivered.total,
    hasWorker: processes.some(({ role, isAlive }) => role === "worker" && isAlive),
    diskTone: diskTone(disk),
    diskText: `${formatSize(disk.freeBytes)} libres`,
  };
}

export function undeliveredProps(event: UndeliveredEvent, now: Date): Undelivered {
  const { id, rne, nextTry } = event;
  return {
    ...{ id, rne, isAbandoned: event.abandonedAt !== null },
    story: `émis ${formatRelativeInstant(event.createdAt, now)}, ${event.attempts} essais`,
    system: sayNextTry(nextTry, now) ?? "Plus aucun essai automatique.",
    failure: describeDeliveryFailure(event.lastError),
    canResend: nextTry === null || nextTry.kind === "planned",
    resend: resendAction.bind(null, id),
  };
}

export function queueRows(figures: ConsoleFigures): QueueRow[] {
  return figures.queues.map(({ oldestWaitMs, ...row }) => ({
    ...row,
    // What a free worker takes within seconds waits for nobody.
    oldestWait:
      oldestWaitMs !== null && oldestWaitMs >= 60_000
        ? `attend depuis ${formatDuration(oldestWaitMs)}`
        : null,
  }));
}

export function machineProps({ disk, processes }: ConsoleFigures, now: Date): MachineProps {
  const { totalBytes, freeBytes, uploads, archives, installed } = disk;
  return {
    disk: {
      usedRatio: 1 - freeBytes / totalBytes,
      text: `${formatSize(freeBytes)} libres sur ${formatSize(totalBytes)}`,
      tone: diskTone(disk),
      parts: [
        {
          name: "Fichiers déposés",
          text: `${formatSize(uploads.sizeBytes)} (${COUNT.format(uploads.count)})`,
        },
        {
          name: "Archives à télécharger",
          text: `${formatSize(archives.sizeBytes)} (${COUNT.format(archives.count)})`,
        },
        { name: "Serveurs installés", text: COUNT.format(installed) },
      ],
    },
    processes: processes.map(({ name, role, isAlive, lastSeenAt }) => ({
      ...{ name, role, isAlive },
      seen: isAlive ? "à l’instant" : `vu il y a ${formatDuration(now.getTime() - lastSeenAt.getTime())}`,
    })),
  };
}

function diskTone({ freeBytes, totalBytes }: DiskFigures): "success" | "warning" | "danger" {
  const freeRatio = freeBytes / totalBytes;
  if (freeRatio < DISK_DANGER_RATIO) return "danger";
  return freeRatio < DISK_WARNING_RATIO ? "warning" : "success";
}
