import { join } from "node:path";
import { accountsMailTemplates } from "#accounts/mail/templates.ts";
import { createCyberContext } from "#cyber/context.ts";
import { cyberJobs } from "#cyber/jobs/jobs.ts";
import { startCyberJobs } from "#cyber/jobs/start.ts";
import { cyberMailTemplates } from "#cyber/notification/templates.ts";
import { hostingJobs } from "#hosting/jobs/definitions.ts";
import { startHostingJobs } from "#hosting/jobs/start.ts";
import { RETRY_DELAYS } from "#hosting/jobs/step-context.ts";
import { createProvisioner } from "#hosting/provisioner/create.ts";
import { systemClock } from "#platform/clock.ts";
import { openDatabase } from "#platform/database/client.ts";
import { applyMigrations } from "#platform/database/migrations.ts";
import { type Environment, EnvironmentError, readEnvironment } from "#platform/environment/environment.ts";
import { startHeartbeat } from "#platform/health/heartbeat.ts";
import { createLogger } from "#platform/log.ts";
import { sendMailJob } from "#platform/mail/outbox.ts";
import { sendMail } from "#platform/mail/send.ts";
import { createMailTransport } from "#platform/mail/transport.ts";
import { openQueue } from "#platform/queue/queue.ts";
import { EXIT_CONFIGURATION, onLeave, tellReady } from "#platform/supervisor/child.ts";

const LEAVE_TIMEOUT_MS = 10_000;

const environment = readOrLeave();
const log = createLogger(environment.LOG_LEVEL, "worker");
const connectionString = environment.DATABASE_URL ?? "";
const applied = await applyMigrations(connectionString);
if (applied.length > 0) log.info({ applied }, "migrations applied");
const database = openDatabase(connectionString, {
  onPoolError: (failure) => log.error({ failure: failure.message }, "pool"),
});
const queue = await openQueue({
  connectionString,
  log,
  role: "worker",
  jobs: [...hostingJobs, ...cyberJobs, sendMailJob],
});
const common = { queue, clock: systemClock, log };

const transport = createMailTransport({
  smtpUrl: environment.SMTP_URL,
  from: environment.MAIL_FROM,
  directory: join(environment.DATA_DIR, "mail"),
});
const templates = { ...accountsMailTemplates, ...cyberMailTemplates };
const mail = { db: database, clock: systemClock, secretKey: environment.SECRET_KEY, transport, templates };
await queue.work(sendMailJob, ({ mailId }) => sendMail(mail, mailId));

if (environment.SIDES.includes("hosting")) {
  const context = { ...common, db: database, settings: environment };
  await startHostingJobs(queue, {
    ...context,
    provisioner: createProvisioner(environment, context),
    client: clientOf(environment),
    retryDelays: RETRY_DELAYS,
    connectionString,
  });
}
if (environment.SIDES.includes("cyber"))
  await startCyberJobs(queue, createCyberContext({ ...common, database, environment }));
const stopHeartbeat = startHeartbeat(database, "worker");
log.info("ready");
tellReady();

onLeave(async (reason) => {
  log.info({ reason }, "leaving");
  await stopHeartbeat();
  await queue.stop(LEAVE_TIMEOUT_MS - 2_000);
  await database.$disconnect();
}, LEAVE_TIMEOUT_MS);

/** Empty where the deployment does not say where BCDI's client is to be had: the pages then offer none. */
function clientOf({ BCDI_CLIENT_URL, BCDI_CLIENT_VERSION, BCDI_CLIENT_SHA256 }: Environment) {
  return { url: BCDI_CLIENT_URL ?? "", version: BCDI_CLIENT_VERSION, sha256: BCDI_CLIENT_SHA256 ?? "" };
}

function readOrLeave(): Environment {
  try {
    const read = readEnvironment(process.env);
    if (!read.DATABASE_URL)
      throw new EnvironmentError("DATABASE_URL must be set: npm start sets it, this entry alone does not");
    return read;
  } catch (failure) {
    if (!(failure instanceof EnvironmentError)) throw failure;
    process.stderr.write(`${failure.message}\n`);
    process.exit(EXIT_CONFIGURATION);
  }
}
