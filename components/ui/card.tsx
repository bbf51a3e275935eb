import type { ComponentProps } from "react";
import { classNames } from "./class-names.ts";

export function Card({ className, ...props }: ComponentProps<"section">) {
  return (
    <section
      className={classNames("rounded-xl border bg-card text-card-foreground shadow-card", className)}
      {...props}
    />
  );
}

export function CardHeader({ className, ...props }: ComponentProps<"div">) {
  return <div className={classNames("flex flex-col gap-1 p-4 sm:px-6 sm:pt-5", className)} {...props} />;
}

export function CardTitle({ className, ...props }: ComponentProps<"h2">) {
  return <h2 className={classNames("text-lg font-semibold tracking-tight", className)} {...props} />;
}

export function CardDescription({ className, ...props }: ComponentProps<"p">) {
  return <p className={classNames("text-sm text-muted-foreground", className)} {...props} />;
}

export function CardContent({ className, ...props }: ComponentProps<"div">) {
  return <div className={classNames("px-4 pb-4 sm:px-6 sm:pb-6", className)} {...props} />;
}
