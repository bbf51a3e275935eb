import { formatHour, formatRelativeDay, PARIS } from "./instants.ts";

const MINUTE_MS = 60_000;

export interface Estimate {
  readonly estimatedAt: Date;
  readonly latestAt: Date;
}

export interface EstimateText {
  /** "aujourd’hui vers 15 h, au plus tard demain 12 h"; where late, what is still known. */
  readonly text: string;
  readonly isLate: boolean;
}

/** An estimate as one says it. Never in the past: once it is late, it says so. */
export function describeEstimate(estimate: Estimate, now: Date, zone: string = PARIS): EstimateText {
  const { estimatedAt, latestAt } = estimate;
  if (latestAt <= now) {
    return {
      text: "C’est plus long que prévu. Nous suivons ce dossier\u202f: vous n’avez rien à faire.",
      isLate: true,
    };
  }
  if (estimatedAt <= now) {
    return { text: `d’un instant à l’autre, au plus tard ${sayLimit(latestAt, now, zone)}`, isLate: false };
  }
  const minutes = Math.round((estimatedAt.getTime() - now.getTime()) / MINUTE_MS);
  if (minutes <= 10) {
    const soon = minutes <= 1 ? "dans une minute environ" : `dans ${minutes}\u00a0minutes environ`;
    return { text: `${soon}, au plus tard ${sayLimit(latestAt, now, zone)}`, isLate: false };
  }
  const about = roundToQuarter(estimatedAt);
  const limit = latestAt.getTime() <= about.getTime() ? about : latestAt;
  return {
    text: `${formatRelativeDay(about, now, zone)} vers ${formatHour(about, zone)}, au plus tard ${sayLimit(limit, now, zone)}`,
    isLate: false,
  };
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
