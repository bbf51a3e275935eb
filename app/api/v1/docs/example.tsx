/** An example behind a line that opens it; nothing when there is none. */
export function Example({ value }: { value: unknown }) {
  if (value === undefined) return null;
  return (
    <details className="mt-1 text-sm">
      <summary className="w-fit cursor-pointer text-primary">Exemple</summary>
      <pre className="mt-2 rounded-lg bg-muted p-3 font-mono text-xs whitespace-pre-wrap text-foreground wrap-anywhere">
        {JSON.stringify(value, null, 2)}
      </pre>
    </details>
  );
}
