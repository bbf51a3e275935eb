import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Page } from "@playwright/test";
import { makeBases } from "#scripts/make-bases.ts";
import { type Deployment, startDeployment } from "#tests/deployment/deployment.ts";
import { signIn } from "#tests/deployment/sign-in.ts";
import { requirePeer } from "#tests/peers/peers.ts";

// `node e2e/pictures/take-pictures.ts`: README's pictures, from a deployment as built.
const PICTURES = join(import.meta.dirname, "..", "..", "docs", "pictures");
const RNE = "0350053T";
const CONTACT = "cdi@argentre.example";

const directory = mkdtempSync(join(tmpdir(), "bcdi-pictures-"));
const bases = await makeBases({ directory, mainBytes: 200 * 1024 ** 2, seed: 1 });
const deployment = await startDeployment({ hostName: "localhost" });
const browser = await chromium.launch({
  executablePath: requirePeer("chromium"),
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
try {
  const staff = await (await browser.newContext({ locale: "fr-FR" })).newPage();
  await signIn(staff, deployment, "staff@localhost");
  await createEstablishment(staff, deployment);
  const school = await (
    await browser.newContext({ locale: "fr-FR", viewport: { width: 1280, height: 940 } })
  ).newPage();
  await signIn(school, deployment, CONTACT);
  await school.goto(`${deployment.url}/etablissements/${RNE}`);
  await takeDeposit(school);
  await school.getByText("Votre serveur BCDI est en service").first().waitFor();
  await school.evaluate(() => window.scrollTo(0, 0));
  await school.screenshot({ path: join(PICTURES, "school.png") });
} finally {
  await browser.close();
  await deployment.stop();
  rmSync(directory, { recursive: true, force: true });
}

async function createEstablishment(page: Page, { url }: Deployment): Promise<void> {
  await page.goto(`${url}/etablissements/nouveau`);
  await page.getByLabel(/RNE/).fill(RNE);
  await page.getByLabel("Nom de l’établissement").fill("Lycée Bertrand d’Argentré");
  await page.getByLabel("Griffe").fill("LYCEE BERTRAND D ARGENTRE");
  await page.getByLabel("Code", { exact: true }).fill("ABCDEFGH");
  await page.getByLabel("Contacts").fill(CONTACT);
  await page.getByRole("button", { name: "Créer l’établissement" }).click();
  await page.waitForURL(`${url}/etablissements/${RNE}`);
}

async function takeDeposit(page: Page): Promise<void> {
  const frame = page.frameLocator("iframe");
  const files = frame.locator('input[type="file"]');
  await files.waitFor({ state: "attached" });
  await files.setInputFiles(bases.map(({ zipPath }) => zipPath));
  await frame
    .getByText(/[2-8]\d\s%/)
    .first()
    .waitFor();
  await page.locator("iframe").scrollIntoViewIfNeeded();
  await page.locator("iframe").screenshot({ path: join(PICTURES, "deposit.png") });
  const finish = frame.getByRole("button", { name: "Terminer le dépôt" });
  await finish.click({ timeout: 60_000 });
  await frame.getByRole("button", { name: "Oui, terminer le dépôt" }).click();
}
