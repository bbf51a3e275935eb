import { z } from "zod";

const GIB = 1024 ** 3;

const wholeNumber = (minimum: number, maximum: number) =>
  z
    .string()
    .regex(/^\d+$/, { error: "must be a whole number" })
    .transform(Number)
    .pipe(z.number().min(minimum, `must be at least ${minimum}`).max(maximum, `must be at most ${maximum}`));

const httpUrl = z
  .url({ protocol: /^https?$/, error: "must be an http(s) address" })
  .transform((value) => value.replace(/\/+$/, ""));

const LOCAL_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Events say which school does what: in clear they stay on this machine. */
const webhookUrl = httpUrl
  .refine((value) => URL.canParse(value) && new URL(value).username === "", {
    error: "must not hold a name or a password",
  })
  .refine((value) => value.startsWith("https:") || LOCAL_HOST.test(new URL(value).hostname), {
    error: "must be an https address, except on localhost",
  });

const secret = z.string().min(32, { error: "must have at least 32 characters" });

const origins = z
  .string()
  .transform((value) => value.split(/\s+/).filter(Boolean))
  .pipe(
    z.array(
      z
        .url({ protocol: /^https?$/, error: "must list http(s) origins separated by spaces", abort: true })
        .refine((value) => URL.canParse(value) && new URL(value).origin === value.replace(/\/$/, ""), {
          error: "must list origins, without a path",
        })
        .transform((value) => new URL(value).origin),
    ),
  );

const emails = z
  .string()
  .transform((value) =>
    value
      .split(/[\s,;]+/)
      .filter(Boolean)
      .map((email) => email.toLowerCase()),
  )
  .pipe(z.array(z.string().regex(/^[^@\s]+@[^@\s]+$/, { error: "must list e-mail addresses" })));

const sides = z
  .string()
  .transform((value) => value.split(",").map((side) => side.trim()))
  .pipe(
    z
      .array(
        z.enum(["cyber", "hosting"], { error: "must list cyber, hosting or both, separated by a comma" }),
      )
      .min(1),
  );

const portRange = z
  .string()
  .regex(/^\d{1,5}-\d{1,5}$/, { error: "must be written FIRST-LAST, for example 20000-29999" })
  .transform((value) => {
    const [first = 0, last = 0] = value.split("-").map(Number);
    return { first, last };
  })
  .refine(({ first, last }) => first >= 1024 && last <= 65535 && first <= last, {
    error: "must lie between 1024 and 65535, first before last",
  });

/** Every variable of the configuration, as text; what is absent here has its default in `readEnvironment`. */
export const VariablesSchema = z.object({
  PORT: wholeNumber(1, 65535).default(3000),
  HOST: z.string().min(1).default("127.0.0.1"),
  PUBLIC_URL: httpUrl.optional(),
  SIDES: sides.default(["cyber", "hosting"]),
  DATA_DIR: z.string().min(1).default(".data"),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, { error: "must be a postgresql:// address" })
    .optional(),
  PLATFORM_KEY: secret.optional(),
  SECRET_KEY: secret.optional(),
  HOSTING_URL: httpUrl.optional(),
  EMBED_ORIGINS: origins.optional(),
  WEBHOOK_URL: webhookUrl.optional(),
  WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/, {
      error: "must be whsec_ followed by at least 24 bytes in base64",
    })
    .optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: "must be an smtp:// or smtps:// address" }).optional(),
  MAIL_FROM: z.string().min(3).default("Hébergement BCDI <ne-pas-repondre@localhost>"),
  STAFF_EMAILS: emails.default(["staff@localhost"]),
  OPERATOR_EMAILS: emails.default(["operator@localhost"]),
  UPLOAD_MAX_BYTES: wholeNumber(1, 1024 * GIB).default(4 * GIB),
  UPLOAD_EXPIRY_HOURS: wholeNumber(1, 24 * 365).default(24 * 14),
  UPLOAD_RETENTION_DAYS: wholeNumber(0, 3650).default(30),
  DELETION_GRACE_MINUTES: wholeNumber(0, 60 * 24 * 365).default(1440),
  DOWNLOAD_RETENTION_DAYS: wholeNumber(1, 3650).default(30),
  PROVISIONER: z.enum(["folder", "command"], { error: "must be folder or command" }).default("folder"),
  PROVISIONER_COMMAND: z.string().min(1).optional(),
  BCDI_TEMPLATE_DIR: z.string().min(1).optional(),
  BCDI_PORT_RANGE: portRange.default({ first: 20000, last: 29999 }),
  BCDI_SERVER_COMMAND: z.string().min(1).optional(),
  BCDI_HOST: z.string().min(1).optional(),
  BCDI_SERVER_VERSION: z.string().min(1).default("BCDI"),
  BCDI_CLIENT_URL: httpUrl.optional(),
  BCDI_CLIENT_VERSION: z.string().min(1).default("BCDI"),
  BCDI_CLIENT_SHA256: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, { error: "must be 64 hexadecimal digits" })
    .optional(),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
});
