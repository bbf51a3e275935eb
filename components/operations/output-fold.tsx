/** Text of a machine, folded; as long as it is, it scrolls inside. */
export function OutputFold({ summary, text }: { summary: string; text: string }) {
  return (
    <details className="max-w-full min-w-0 text-sm open:w-full">
      <summary className="w-fit max-w-full cursor-pointer rounded-sm text-muted-foreground hover:text-foreground">
        {summary}
      </summary>
      <section
        aria-label={summary}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard (WCAG 2.1.1).
        tabIndex={0}
        className="mt-1.5 max-h-72 overflow-auto rounded-lg border bg-muted/50 p-3"
      >
        <pre className="font-mono text-xs whitespace-pre-wrap wrap-anywhere">{text}</pre>
      </section>
    </details>
  );
}
