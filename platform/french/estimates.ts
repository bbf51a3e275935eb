import { formatHour, formatRelativeDay, PARIS } from "./instants.ts";

const MINUTE_MS = 60_000;

export interface Estimate {
  readonly estimatedAt: Date;
  readonly latestAt: Date;
}

export interface EstimateText {
  readonly text: string;
  readonly isLate: boolean;
}

/** An estimate as one says it, never in the past; null once even its latest time is over. */
export function sayEstimate(estimate: Estimate, now: Date, zone: string = PARIS): string | null {
  const { estimatedAt, latestAt } = estimate;
  if (latestAt <= now) return null;
  if (estimatedAt <= now) return `d’un instant à l’autre, au plus tard ${sayLimit(latestAt, now, zone)}`;
  const minutes = Math.round((estimatedAt.getTime() - now.getTime()) / MINUTE_MS);
  if (minutes <= 10) {
    const soon = minutes <= 1 ? "dans une minute environ" : `dans ${minutes}\u00a0minutes environ`;
    return `${soon}, au plus tard ${sayLimit(latestAt, now, zone)}`;
  }
  const about = roundToQuarter(estimatedAt);
  const limit = latestAt.getTime() <= about.getTime() ? about : latestAt;
  const said = `${formatRelativeDay(about, now, zone)} vers ${formatHour(about, zone)}`;
  return `${said}, au plus tard ${sayLimit(limit, now, zone)}`;
}

function sayLimit(limit: Date, now: Date, zone: string): string {
  const rounded = roundUpToFive(limit);
  return `${formatRelativeDay(rounded, now, zone)} ${formatHour(rounded, zone)}`.replace(
    /^aujourd’hui /,
    "à ",
  );
}

function roundToQuarter(instant: Date): Date {
  return new Date(Math.ceil(instant.getTime() / (15 * MINUTE_MS)) * 15 * MINUTE_MS);
}

function roundUpToFive(instant: Date): Date {
  return new Date(Math.ceil(instant.getTime() / (5 * MINUTE_MS)) * 5 * MINUTE_MS);
}

/** "Prochaine étape : aujourd’hui vers 15 h, au plus tard demain 12 h." Once late it says so, with the new estimate. */
export function describeEstimate(
  estimate: Estimate,
  options: { now: Date; zone?: string; isLate?: boolean },
): EstimateText {
  const said = sayEstimate(estimate, options.now, options.zone);
  if (said === null) {
    return { text: "C’est plus long que prévu\u202f: nous suivons ce dossier de près.", isLate: true };
  }
  if (options.isLate) {
    return { text: `C’est plus long que prévu. Nouvelle estimation\u202f: ${said}.`, isLate: true };
  }
  return { text: `Prochaine étape\u202f: ${said}.`, isLate: false };
}
