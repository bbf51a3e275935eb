import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Page } from "@playwright/test";
import { simpleParser } from "mailparser";
import type { Deployment } from "./deployment.ts";

const TIMEOUT_MS = 120_000;

/** Signs in with the six digits of the e-mail that a deployment without SMTP leaves in its folder. */
export async function signIn(page: Page, deployment: Deployment, email: string): Promise<void> {
  await page.goto(`${deployment.url}/connexion`);
  await page.getByLabel("Adresse e-mail").fill(email);
  await page.getByRole("button", { name: "Recevoir un lien de connexion" }).click();
  await page.getByLabel("Code à six chiffres").fill(await findCode(deployment, email));
  await page.getByRole("button", { name: "Valider le code" }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/connexion"));
}

async function findCode({ dataDirectory }: Deployment, email: string): Promise<string> {
  const directory = join(dataDirectory, "mail");
  const deadline = Date.now() + TIMEOUT_MS;
  while (Date.now() < deadline) {
    for (const name of listMails(directory)) {
      const mail = await simpleParser(readFileSync(join(directory, name)));
      const code = /\b(\d{3})\s?(\d{3})\b/.exec(mail.text ?? "");
      const to = Array.isArray(mail.to) ? mail.to : [mail.to];
      if (code && to.some((list) => list?.text.includes(email)) && /connexion/i.test(mail.subject ?? ""))
        return `${code[1]}${code[2]}`;
    }
    await wait(200);
  }
  throw new Error(`no sign-in e-mail for ${email}`);
}

function listMails(directory: string): string[] {
  try {
    return readdirSync(directory).filter((name) => name.endsWith(".eml"));
  } catch {
    return [];
  }
}
