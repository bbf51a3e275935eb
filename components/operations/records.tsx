import type { ReactNode } from "react";
import { Card, CardContent, CardHeader, CardTitle } from "#components/ui/card.tsx";

/** A card with a list, or what is said in its place when the list is empty. */
export function Records({
  id,
  title,
  empty,
  children,
  footer = null,
}: {
  id?: string;
  title: string;
  empty: string;
  children: readonly ReactNode[];
  footer?: ReactNode;
}) {
  return (
    <Card id={id} className="scroll-mt-4">
      <CardHeader className="pb-2!">
        <CardTitle className="text-base!">{title}</CardTitle>
      </CardHeader>
      <CardContent className="text-sm">
        {children.length === 0 ? (
          <p className="text-muted-foreground">{empty}</p>
        ) : (
          <ul className="divide-y rounded-lg border [&>li]:flex [&>li]:flex-col [&>li]:gap-1 [&>li]:px-3 [&>li]:py-2">
            {children}
          </ul>
        )}
        {footer}
      </CardContent>
    </Card>
  );
}

/** Looks of what stands in a record. */
export const LINE = "flex flex-wrap items-center gap-x-2.5 gap-y-0.5";
export const QUIET = "text-muted-foreground";
