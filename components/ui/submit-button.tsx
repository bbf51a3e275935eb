"use client";

import { LoaderCircle } from "lucide-react";
import type { ReactNode } from "react";
import { useFormStatus } from "react-dom";
import { Button, type ButtonLook } from "./button.tsx";

/** The button of a form: waits, and takes no second press, while the form is under way. */
export function SubmitButton({
  children,
  pendingText,
  disabled = false,
  ...look
}: ButtonLook & { children: ReactNode; pendingText: string; disabled?: boolean }) {
  const { pending } = useFormStatus();
  return (
    <Button type="submit" disabled={pending || disabled} {...look}>
      {pending ? (
        <>
          <LoaderCircle aria-hidden="true" className="animate-spin" />
          {pendingText}
        </>
      ) : (
        children
      )}
    </Button>
  );
}
