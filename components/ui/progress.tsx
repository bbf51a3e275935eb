import { classNames } from "./class-names.ts";

const TONES = {
  primary: "bg-primary",
  success: "bg-success",
  warning: "bg-warning",
  danger: "bg-danger",
  idle: "bg-muted-foreground",
} as const;

/** A bar; `ratio` from 0 to 1, `label` names it and `text` says its value to those who cannot see it. */
export function Progress({
  ratio,
  label,
  text,
  tone = "primary",
  className,
}: {
  ratio: number;
  label: string;
  text?: string;
  tone?: keyof typeof TONES;
  className?: string;
}) {
  const percent = Math.floor(Math.min(1, Math.max(0, ratio)) * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={text}
      className={classNames("h-2 overflow-hidden rounded-full bg-secondary", className)}
    >
      <div
        className={classNames("h-full rounded-full transition-[width] duration-300 ease-linear", TONES[tone])}
        style={{ width: `${Math.min(1, Math.max(0, ratio)) * 100}%` }}
      />
    </div>
  );
}
