"use client";

import { type ReactNode, useId, useRef } from "react";
import { Button, type ButtonLook } from "./button.tsx";

/** A button that opens a modal dialog; the browser keeps the focus inside and gives it back. */
export function DialogButton({
  label,
  title,
  variant,
  children,
}: {
  label: ReactNode;
  title: ReactNode;
  variant?: ButtonLook["variant"];
  children: (close: () => void) => ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  return (
    <>
      <Button variant={variant ?? "outline"} onClick={() => dialog.current?.showModal()}>
        {label}
      </Button>
      <dialog
        ref={dialog}
        aria-labelledby={titleId}
        className="m-auto w-[min(32rem,calc(100vw-2rem))] rounded-xl border bg-card p-5 text-card-foreground shadow-card backdrop:bg-black/50 sm:p-6"
      >
        <h2 id={titleId} className="text-lg font-semibold tracking-tight">
          {title}
        </h2>
        {children(() => dialog.current?.close())}
      </dialog>
    </>
  );
}
