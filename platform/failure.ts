/** Node's and PostgreSQL's error code of something thrown, where it has one. */
export function failureCode(failure: unknown): string | undefined {
  return failure instanceof Error && "code" in failure && typeof failure.code === "string"
    ? failure.code
    : undefined;
}

/** What to write in a log about something thrown. Never shown to a school. */
export function failureText(failure: unknown): string {
  return failure instanceof Error ? (failure.stack ?? failure.message) : String(failure);
}
