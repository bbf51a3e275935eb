import { randomBytes } from "node:crypto";

export interface SecurityOptions {
  /** Who may frame the deposit page. */
  readonly embedOrigins: readonly string[];
  /** Origins whose pages ours may frame. */
  readonly framedOrigins: readonly string[];
  readonly isHttps: boolean;
  /** Next's development server evaluates code and opens a web socket. */
  readonly isDevelopment: boolean;
}

/** The headers of an answer to this path, with a nonce of its own. */
export function createSecurityHeaders(path: string, options: SecurityOptions): Record<string, string> {
  const isFrameable = path.startsWith("/embed/");
  const nonce = randomBytes(16).toString("base64");
  const { isDevelopment } = options;
  const policy = {
    "default-src": ["'self'"],
    "script-src": [
      "'self'",
      `'nonce-${nonce}'`,
      "'strict-dynamic'",
      ...(isDevelopment ? ["'unsafe-eval'"] : []),
    ],
    "style-src": isDevelopment ? ["'self'", "'unsafe-inline'"] : ["'self'", `'nonce-${nonce}'`],
    "style-src-attr": ["'unsafe-inline'"],
    "img-src": ["'self'", "data:"],
    "connect-src": ["'self'", ...(isDevelopment ? ["ws:"] : [])],
    "frame-src": ["'self'", ...options.framedOrigins],
    "frame-ancestors": isFrameable ? ["'self'", ...options.embedOrigins] : ["'none'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "object-src": ["'none'"],
  };
  return {
    "Content-Security-Policy": Object.entries(policy)
      .map(([directive, sources]) => `${directive} ${sources.join(" ")}`)
      .join("; "),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    // Older browsers know only this one, which cannot list origins: where framing is allowed, it stays away.
    ...(isFrameable ? {} : { "X-Frame-Options": "DENY", "Cross-Origin-Opener-Policy": "same-origin" }),
    ...(options.isHttps ? { "Strict-Transport-Security": "max-age=31536000" } : {}),
  };
}
