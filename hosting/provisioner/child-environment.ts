// What opens the doors of this deployment is no business of the programs that it starts.
const SECRETS = ["PLATFORM_KEY", "SECRET_KEY", "WEBHOOK_SECRET", "DATABASE_URL", "SMTP_URL"];

/** The environment of a started program: this process's own without its secrets, and what is added. */
export function childEnvironment(added: Record<string, string> = {}): NodeJS.ProcessEnv {
  const environment = { ...process.env };
  for (const secret of SECRETS) delete environment[secret];
  return { ...environment, ...added };
}
