import pino from "pino";

export type Logger = pino.Logger;

/** One JSON line per fact on standard output. Credentials never get in: no header, body or query is logged. */
export function createLogger(level: string, role: string): Logger {
  return pino({
    level,
    base: { role, pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: [
        "key",
        "token",
        "authorization",
        "password",
        "code",
        "*.key",
        "*.token",
        "*.authorization",
        "*.password",
      ],
      censor: "[redacted]",
    },
  });
}
