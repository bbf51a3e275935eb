"use client";

import { type ReactNode, useActionState, useEffect, useRef, useState } from "react";
import type { ButtonLook } from "#components/ui/button.tsx";
import { type FormAction, IDLE_FORM } from "#components/ui/form-state.ts";
import { SubmitButton } from "#components/ui/submit-button.tsx";

const SHOWN_MS = 20_000;

/**
 * One button and what came of pressing it. It stays in the page when there is nothing more to press, so that its answer
 * can be read; the answer takes the focus that the button leaves.
 */
export function OperatorAction({
  action,
  label,
  pendingText,
  isOffered = true,
  ...look
}: ButtonLook & { action: FormAction; label: ReactNode; pendingText: string; isOffered?: boolean }) {
  const [state, submit, isPending] = useActionState(action, IDLE_FORM);
  const [isShown, setIsShown] = useState(false);
  const answer = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (state.status === "idle") return;
    setIsShown(true);
    const timer = setTimeout(() => setIsShown(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [state]);
  useEffect(() => {
    if (isShown && !isOffered) answer.current?.focus();
  }, [isShown, isOffered]);
  const hasButton = isOffered || isPending;
  const hasAnswer = isShown && state.message !== null;
  return (
    <form
      action={submit}
      className={
        hasButton || hasAnswer ? "flex max-w-full flex-wrap items-center gap-x-3 gap-y-1.5" : "hidden"
      }
    >
      {hasButton ? (
        <SubmitButton pendingText={pendingText} {...look}>
          {label}
        </SubmitButton>
      ) : null}
      {hasAnswer ? (
        <p
          ref={answer}
          tabIndex={-1}
          role={state.status === "refused" ? "alert" : "status"}
          className={`rounded-sm text-sm ${state.status === "refused" ? "font-medium text-danger" : "text-muted-foreground"}`}
        >
          {state.message}
        </p>
      ) : null}
    </form>
  );
}
