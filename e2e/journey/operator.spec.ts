import { expect, type Page, type Request, test } from "@playwright/test";
import {
  CreatedEstablishmentSchema,
  type EstablishmentView,
  EstablishmentViewSchema,
} from "#contract/establishment.ts";
import type { Deployment } from "#tests/deployment/deployment.ts";
import { signIn } from "#tests/deployment/sign-in.ts";
import { startBrokenHost } from "./broken-host.ts";
import { expectSound } from "./sound.ts";
import { expectNothingThere, openSignedIn, postAgain } from "./strangers.ts";

const OPERATOR = "operator@localhost";
const STAFF = "staff@localhost";
const CONTACT = "cdi@zola.example";
const RNE = "0350024L";
const GRIFFE = "LYCEE EMILE ZOLA";

test("the operator is shown what is broken, repairs it, retries with one press, and sees it resolved", async ({
  page,
  browser,
}) => {
  const { deployment, ...host } = await startBrokenHost();
  const console = `${deployment.url}/hebergeur`;
  const school = `${console}/etablissements/${RNE}`;
  try {
    const key = await createEstablishment(deployment);
    const incident = page.getByRole("listitem").filter({ hasText: RNE }).first();

    await test.step("whoever is not signed in is led to the sign-in", async () => {
      expect((await fetch(`${console}/presence`)).status).toBe(401);
      for (const address of [console, `${console}/etablissements`, school]) {
        await page.goto(address);
        await expect(page).toHaveURL(/\/connexion/);
      }
    });

    await test.step("the operator signs in with the e-mail's code and lands on the console", async () => {
      await signIn(page, deployment, OPERATOR);
      await expect(page).toHaveURL(console);
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

    await test.step("the disk, the processes and the queue are told", async () => {
      await expect(page.getByRole("progressbar", { name: "Disque occupé" })).toBeVisible();
      for (const role of ["Tâches", "Pages"])
        await expect(page.getByRole("listitem").filter({ hasText: role }).first()).toContainText("Actif");
      const queue = page.getByRole("table", { name: "Tâches par sorte" });
      await expect(queue.getByRole("row", { name: /^Installation/ })).toBeVisible();
      await expect(queue.getByRole("row", { name: /^Événements/ })).toBeVisible();
    });

    const reference = (await incident.getByText(/^[A-Z2-9]{8}$/).textContent()) ?? "no reference";

    const retry =
      await test.step("pressed too early, the retry fails and the incident stays the same one", async () => {
        const posted = page.waitForRequest(isAction);
        await incident.getByRole("button", { name: /Relancer maintenant/ }).click();
        await expect(incident.getByText(/Relance demandée/)).toBeVisible();
        await expect(incident.getByRole("button", { name: /Relancer maintenant/ })).toBeVisible();
        await expect(incident).toContainText(reference);
        return posted;
      });

    await test.step("neither the bookshop's staff nor a school's contact find anything there, or can press", async () => {
      const staff = await openSignedIn(browser, deployment, STAFF);
      await followInBookshop(staff.page, deployment);
      const contact = await openSignedIn(browser, deployment, CONTACT);
      await expect(contact.page).toHaveURL(`${deployment.url}/etablissements/${RNE}`);
      for (const stranger of [staff, contact]) {
        const addresses = [console, `${console}/etablissements`, school];
        await expectNothingThere(stranger.page, addresses, [reference, "plus de licence disponible"]);
        expect((await stranger.context.request.get(`${console}/presence`)).status()).toBe(404);
        const answer = await postAgain(stranger.context, retry);
        expect(answer.status()).toBe(404);
        expect(await answer.text()).not.toContain("Relance");
        await stranger.context.close();
      }
      const nobody = await browser.newContext();
      const answer = await postAgain(nobody, retry);
      expect(answer.headers()["x-action-redirect"], "led to the sign-in").toMatch(/^\/connexion/);
      await nobody.close();
      expect((await postAgain(page.context(), retry)).status(), "the operator's own is answered").toBe(200);
    });

    await test.step("repaired and pressed again, it is resolved, and the page tells without a reload", async () => {
      host.repairProvisioner();
      await page.evaluate(() => {
        document.body.dataset.loadedBefore = "yes";
      });
      await incident.getByRole("button", { name: /Relancer maintenant/ }).click();
      await expect(page.getByText("Rien à traiter.")).toBeVisible();
      await expect(page.getByRole("listitem").filter({ hasText: reference })).toContainText("réglé");
      expect(await page.locator("body").getAttribute("data-loaded-before")).toBe("yes");
      await expectSound(page);
    });

    await test.step("the establishment's page tells who did what, and never its key", async () => {
      await page.goto(`${console}/etablissements?q=zola`);
      await expect(page.getByText("1 établissement", { exact: true })).toBeVisible();
      await expectSound(page);
      await page.getByRole("link", { name: RNE }).click();
      await expect(page.getByText(`Par l’exploitant (${OPERATOR})`).first()).toBeVisible();
      await expect(page.getByText("En attente des bases").first()).toBeVisible();
      for (const other of [key, STAFF, CONTACT]) expect(await page.content()).not.toContain(other);
      await expectSound(page);
    });

    await test.step("the journal begins before any of its entries, and nothing odd in the address breaks it", async () => {
      const journal = page.locator("#journal");
      const count = await journal.getByRole("listitem").count();
      await page.goto(`${school}?avant=nonsense&avant=-1`);
      await expect(journal.getByRole("listitem")).toHaveCount(count);
      await page.goto(`${school}?avant=2`);
      await expect(journal.getByRole("listitem")).toHaveCount(1);
      await page.goto(`${school}?avant=0`);
      await expect(journal.getByText("Aucune entrée plus ancienne.")).toBeVisible();
      await expectSound(page);
      await journal.getByRole("link", { name: "Dernières entrées" }).click();
      await expect(journal.getByRole("listitem")).toHaveCount(count);
    });

    await test.step("events that do not arrive are told in French, and all sent again with one press", async () => {
      const title = page.getByRole("heading", { name: /événements non remis/ });
      await expect(async () => {
        await page.goto(school);
        for (const button of await page.getByRole("button", { name: "Renvoyer" }).all()) await button.click();
        await page.goto(console);
        await expect(title).toBeVisible({ timeout: 2_000 });
      }).toPass({ timeout: 300_000 });
      const event = page.getByRole("listitem").filter({ hasText: "En échec" }).first();
      await expect(event).toContainText("La librairie a répondu par une erreur (statut 503).");
      await expect(event.getByText("the receiver answered 503")).toBeHidden();
      await event.getByText(/^Message technique/).click();
      await expect(event.getByText("the receiver answered 503")).toBeVisible();
      await expectSound(page);
      host.repairReceiver();
      await page.getByRole("button", { name: "Tout renvoyer" }).click();
      await expect(title).toBeHidden({ timeout: 120_000 });
    });

    await test.step("an estimate of the operator's own is what the school reads, until it is taken back", async () => {
      host.occupyProvisioner();
      await callOnSchool(deployment, key, "PUT", { griffe: "LYCEE ZOLA" });
      await page.goto(school);
      const card = page.locator("section").filter({ hasText: "Estimation de la prochaine étape" });
      await card.getByRole("button", { name: "Fixer l’estimation" }).click();
      await expect(card.getByText("Indiquez la date et l’heure.")).toBeVisible();
      const time = `${new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10)}T15:30`;
      await card.getByLabel("Date et heure, à Paris").fill(time);
      await card.getByRole("button", { name: "Fixer l’estimation" }).click();
      await expect(card.getByText(/^Estimation fixée au .* à 15\sh\s30\.$/)).toBeVisible();
      await expect(card.getByText(/^Fixée par l’exploitant/)).toBeVisible();
      const promised = (await callOnSchool(deployment, key, "GET")).nextStep?.estimatedAt ?? "";
      const inParis = new Date(promised).toLocaleString("sv-SE", { timeZone: "Europe/Paris" });
      expect(inParis.replace(" ", "T").slice(0, 16)).toBe(time);
      await expectSound(page);
      await card.getByRole("button", { name: "Revenir à l’estimation calculée" }).click();
      await expect(card.getByText(/^Calculée/)).toBeVisible();
      expect((await callOnSchool(deployment, key, "GET")).nextStep?.estimatedAt).not.toBe(promised);
    });

    await test.step("until when a deletion can be cancelled is not the operator's to move", async () => {
      await callOnSchool(deployment, key, "DELETE");
      await page.goto(school);
      const card = page.locator("section").filter({ hasText: "Estimation de la prochaine étape" });
      await expect(card.getByText(/^Calculée/)).toBeVisible();
      await expect(card.getByRole("button", { name: "Fixer l’estimation" })).toBeHidden();
    });
  } catch (failure) {
    process.stderr.write(deployment.output().slice(-4000));
    throw failure;
  } finally {
    await host.stop();
  }
});

const isAction = (request: Request) => request.headers()["next-action"] !== undefined;

async function createEstablishment({ url, platformKey }: Deployment): Promise<string> {
  const answer = await fetch(`${url}/api/v1/establishments`, {
    method: "POST",
    headers: { authorization: `Bearer ${platformKey}`, "content-type": "application/json" },
    body: JSON.stringify({ rne: RNE, griffe: GRIFFE, code: "ABCDEFGH", version: "CL" }),
  });
  return CreatedEstablishmentSchema.parse(await answer.json()).key;
}

async function callOnSchool(
  { url }: Deployment,
  key: string,
  method: string,
  body?: object,
): Promise<EstablishmentView> {
  const answer = await fetch(`${url}/api/v1/establishments/${RNE}`, {
    method,
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return EstablishmentViewSchema.parse(await answer.json());
}

/** The same establishment in the bookshop's own pages, with its contact. */
async function followInBookshop(page: Page, { url }: Deployment): Promise<void> {
  await page.goto(`${url}/etablissements/nouveau`);
  await page.getByLabel(/RNE/).fill(RNE);
  await page.getByLabel("Nom de l’établissement").fill("Lycée Émile Zola");
  await page.getByLabel("Griffe").fill(GRIFFE);
  await page.getByLabel("Code", { exact: true }).fill("ABCDEFGH");
  await page.getByLabel("Contacts").fill(CONTACT);
  await page.getByRole("button", { name: "Créer l’établissement" }).click();
  await expect(page).toHaveURL(`${url}/etablissements/${RNE}`);
}
