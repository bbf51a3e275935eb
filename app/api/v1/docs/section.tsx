import type { ReactNode } from "react";

/** A part of the page, under a title that the table of contents leads to. */
export function Section({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section id={id} aria-labelledby={`${id}-titre`} className="scroll-mt-4 space-y-4">
      <h2 id={`${id}-titre`} className="border-b pb-2 text-2xl font-semibold tracking-tight">
        {title}
      </h2>
      {children}
    </section>
  );
}

/** A name in the machine's own words. */
export function Code({ children }: { children: ReactNode }) {
  return (
    <code className="rounded bg-muted px-1 py-0.5 font-mono text-[0.9em] wrap-anywhere">{children}</code>
  );
}

/** Lines and their names, one below the other where the screen is narrow. */
export function Rows({ rows }: { rows: readonly { name: ReactNode; text: ReactNode; key: string }[] }) {
  return (
    <dl className="divide-y text-sm">
      {rows.map(({ key, name, text }) => (
        <div key={key} className="grid gap-x-4 gap-y-1 py-2 sm:grid-cols-[13rem_1fr]">
          <dt className="min-w-0 wrap-anywhere">{name}</dt>
          <dd className="min-w-0 text-muted-foreground wrap-anywhere">{text}</dd>
        </div>
      ))}
    </dl>
  );
}
