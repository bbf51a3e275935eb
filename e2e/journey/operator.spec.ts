import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { simpleParser } from "mailparser";
import { CreatedEstablishmentSchema } from "#contract/establishment.ts";
import { type Deployment, startDeployment } from "#e2e/deployment/deployment.ts";

const OPERATOR = "operator@localhost";
const RNE = "0350024L";
const GRIFFE = "LYCEE EMILE ZOLA";

test("the operator is shown what is broken, repairs it, retries with one press, and sees it resolved", async ({
  page,
}) => {
  const directory = mkdtempSync(join(tmpdir(), "bcdi-operator-"));
  const repaired = join(directory, "repaired");
  const deployment = await startDeployment({
    environment: { PROVISIONER: "command", PROVISIONER_COMMAND: writeProvisioner(directory, repaired) },
  });
  try {
    const key = await createEstablishment(deployment);
    const incident = page.getByRole("listitem").filter({ hasText: RNE }).first();

    await test.step("nobody else is let in", async () => {
      expect((await fetch(`${deployment.url}/hebergeur/presence`)).status).toBe(401);
      await page.goto(`${deployment.url}/hebergeur`);
      await expect(page).toHaveURL(/\/connexion/);
    });

    await test.step("the operator signs in with the e-mail's code and lands on the console", async () => {
      await signIn(page, deployment);
      await expect(page).toHaveURL(`${deployment.url}/hebergeur`);
    });

    await test.step("the incident says what failed, at whom, what was printed, and what follows", async () => {
      await expect(
        incident.getByRole("heading", { name: "L’installation du serveur a échoué" }),
      ).toBeVisible();
      await expect(incident).toContainText(GRIFFE);
      await expect(incident).toContainText("Aucun nouvel essai automatique");
      await incident.getByText(/Dernières lignes/).click();
      await expect(incident.getByText("plus de licence disponible")).toBeVisible();
      await expectSound(page);
    });

    const reference = await incident.getByText(/^[A-Z2-9]{8}$/).textContent();

    await test.step("pressed too early, the retry fails and the incident stays the same one", async () => {
      await incident.getByRole("button", { name: /Relancer maintenant/ }).click();
      await expect(incident.getByText(/Relance demandée/)).toBeVisible();
      await expect(incident.getByRole("button", { name: /Relancer maintenant/ })).toBeVisible();
      await expect(incident).toContainText(reference ?? "no reference");
    });

    await test.step("repaired and pressed again, it is resolved, and the page tells without a reload", async () => {
      writeFileSync(repaired, "");
      await page.evaluate(() => {
        document.body.dataset.loadedBefore = "yes";
      });
      await incident.getByRole("button", { name: /Relancer maintenant/ }).click();
      await expect(page.getByText("Rien à traiter.")).toBeVisible();
      await expect(page.getByRole("listitem").filter({ hasText: reference ?? "" })).toContainText("réglé");
      expect(await page.locator("body").getAttribute("data-loaded-before")).toBe("yes");
      await expectSound(page);
    });

    await test.step("the establishment's page tells who did what, and never its key", async () => {
      await page.goto(`${deployment.url}/hebergeur/etablissements?q=zola`);
      await expect(page.getByText("1 établissement", { exact: true })).toBeVisible();
      await expectSound(page);
      await page.getByRole("link", { name: RNE }).click();
      await expect(page.getByText(`Par l’exploitant (${OPERATOR})`).first()).toBeVisible();
      await expect(page.getByText("En attente des bases").first()).toBeVisible();
      expect(await page.content()).not.toContain(key);
      await expectSound(page);
    });
  } catch (failure) {
    process.stderr.write(deployment.output().slice(-4000));
    throw failure;
  } finally {
    await deployment.stop();
    rmSync(directory, { recursive: true, force: true });
  }
});

/** A provisioner's program that fails for good until a file is there. */
function writeProvisioner(directory: string, repaired: string): string {
  const path = join(directory, "provision.sh");
  const lines = ["cat > /dev/null", `[ -e '${repaired}' ] && exit 0`];
  writeFileSync(path, [...lines, "echo 'plus de licence disponible' >&2", "exit 1", ""].join("\n"));
  return `sh '${path}'`;
}

async function createEstablishment({ url, platformKey }: Deployment): Promise<string> {
  const answer = await fetch(`${url}/api/v1/establishments`, {
    method: "POST",
    headers: { authorization: `Bearer ${platformKey}`, "content-type": "application/json" },
    body: JSON.stringify({ rne: RNE, griffe: GRIFFE, code: "ABCDEFGH", version: "CL" }),
  });
  return CreatedEstablishmentSchema.parse(await answer.json()).key;
}

async function signIn(page: Page, { dataDirectory }: Deployment): Promise<void> {
  await page.getByLabel("Adresse e-mail").fill(OPERATOR);
  await page.getByRole("button", { name: "Recevoir un lien de connexion" }).click();
  const field = page.getByLabel("Code à six chiffres");
  await expect(field).toBeVisible();
  await expect.poll(() => findCode(dataDirectory), { timeout: 60_000 }).not.toBeNull();
  await field.fill((await findCode(dataDirectory)) ?? "");
  await page.getByRole("button", { name: "Valider le code" }).click();
}

async function findCode(dataDirectory: string): Promise<string | null> {
  const mails = join(dataDirectory, "mail");
  const names = readdirSync(dataDirectory).includes("mail") ? readdirSync(mails) : [];
  for (const name of names.filter((each) => each.endsWith(".eml"))) {
    const { text = "", to } = await simpleParser(readFileSync(join(mails, name)));
    const isOurs = to !== undefined && !Array.isArray(to) && to.text === OPERATOR;
    const code = /^\d{6}$/m.exec(text)?.[0];
    if (isOurs && code) return code;
  }
  return null;
}

/** Accessible as far as a machine can tell, light and dark, and never wider than a telephone. */
async function expectSound(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  }
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await page.setViewportSize({ width: 1280, height: 800 });
}
