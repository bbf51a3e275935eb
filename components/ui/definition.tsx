import type { ReactNode } from "react";

/** One line of a `<dl>`: a name, its value and what can be done with it. */
export function Definition({
  name,
  children,
  actions,
}: {
  name: string;
  children: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-0.5 py-2.5 sm:flex-nowrap">
      <dt className="w-full text-sm text-muted-foreground sm:w-44 sm:shrink-0">{name}</dt>
      <dd className="flex min-w-0 flex-1 items-center justify-between gap-2 wrap-anywhere">
        <span className="min-w-0">{children}</span>
        {actions}
      </dd>
    </div>
  );
}
