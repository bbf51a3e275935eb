import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names.ts";

const TONES = {
  info: { icon: Info, box: "border-info-border bg-info-soft", accent: "text-info" },
  success: { icon: CircleCheck, box: "border-success-border bg-success-soft", accent: "text-success" },
  warning: { icon: TriangleAlert, box: "border-warning-border bg-warning-soft", accent: "text-warning" },
  danger: { icon: CircleAlert, box: "border-danger-border bg-danger-soft", accent: "text-danger" },
} as const;

export type AlertTone = keyof typeof TONES;

/** A framed message. It is not announced by itself: give it `role="alert"` or `role="status"` when it appears. */
export function Alert({
  tone = "info",
  title,
  children,
  actions,
  className,
  ...props
}: Omit<ComponentProps<"div">, "title"> & { tone?: AlertTone; title?: ReactNode; actions?: ReactNode }) {
  const { icon: Icon, box, accent } = TONES[tone];
  return (
    <div className={classNames("flex gap-3 rounded-lg border p-3 text-sm sm:p-4", box, className)} {...props}>
      <Icon aria-hidden="true" className={classNames("mt-0.5 size-5 shrink-0", accent)} />
      <div className="min-w-0 flex-1 space-y-1 wrap-anywhere">
        {title ? <p className={classNames("font-semibold", accent)}>{title}</p> : null}
        {children ? <div className="space-y-1 text-foreground">{children}</div> : null}
        {actions ? <div className="flex flex-wrap gap-2 pt-2">{actions}</div> : null}
      </div>
    </div>
  );
}
