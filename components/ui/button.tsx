import type { ComponentProps } from "react";
import { classNames } from "./class-names.ts";

const VARIANTS = {
  primary: "bg-primary text-primary-foreground hover:bg-primary-hover shadow-card",
  secondary: "bg-secondary text-secondary-foreground hover:bg-secondary-hover",
  outline: "border border-input bg-card text-foreground hover:bg-muted",
  ghost: "text-foreground hover:bg-secondary",
  danger: "bg-danger text-danger-foreground hover:bg-danger-hover shadow-card",
  dangerOutline: "border border-danger-border bg-card text-danger hover:bg-danger-soft",
} as const;

const SIZES = {
  sm: "min-h-8 px-2.5 py-1 text-sm gap-1.5",
  md: "min-h-10 px-4 py-2 text-sm gap-2",
  lg: "min-h-12 px-6 py-2.5 text-base gap-2.5",
  icon: "size-8 p-0",
} as const;

export type ButtonLook = { variant?: keyof typeof VARIANTS; size?: keyof typeof SIZES };

/** The classes of a button, for a link that looks like one. */
export function buttonClass({ variant = "primary", size = "md" }: ButtonLook = {}): string {
  return classNames(
    "inline-flex items-center justify-center rounded-lg text-center font-medium transition-colors [&_svg]:size-4 [&_svg]:shrink-0",
    "disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:cursor-not-allowed aria-disabled:opacity-60",
    VARIANTS[variant],
    SIZES[size],
  );
}

export function Button({
  variant = "primary",
  size = "md",
  className,
  type = "button",
  ...props
}: ComponentProps<"button"> & ButtonLook) {
  return <button type={type} className={classNames(buttonClass({ variant, size }), className)} {...props} />;
}
