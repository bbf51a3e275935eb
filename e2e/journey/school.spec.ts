import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect, type FrameLocator, type Page, test } from "@playwright/test";
import { makeBases } from "#scripts/make-bases.ts";
import { requirePeer } from "#tests/peers/peers.ts";
import { openStrictBrowser } from "./browser.ts";
import { digestFile, digestFolder } from "./folder-digest.ts";
import { startSmtpPeer } from "./smtp-peer.ts";
import { startTwoSites, type TwoSites } from "./two-sites.ts";

/** Long under way, so that the server dies in the middle; a deep run sends what a school has. */
const MAIN_BASE_BYTES = (process.env.DEEP_SEED === undefined ? 96 : 300) * 1024 ** 2;
const KILL_AFTER_BYTES = 9 * 1024 ** 2;
const CONTACT = "cdi@zola.example";

const [RNE = "", NAME = ""] = (
  readFileSync(join(import.meta.dirname, "..", "data", "uai-colleges-lycees-35.csv"), "utf8")
    .split("\n")
    .find((line) => line.startsWith("0350053T")) ?? ""
).split(";");

test("a school's bases go from its browser to a server ready to use, and come back", async () => {
  const directory = mkdtempSync(join(tmpdir(), "bcdi-journey-"));
  const smtp = await startSmtpPeer();
  const bases = await makeBases({ directory, mainBytes: MAIN_BASE_BYTES, seed: 1 });
  const sites = await startTwoSites(smtp.url);
  const browser = await openStrictBrowser(test.info().project.use);
  try {
    const page = await browser.context.newPage();
    const mails = () => smtp.received.filter(({ to }) => to === CONTACT);

    await test.step("the bookshop signs in by the e-mail's link and creates the school", async () => {
      await signIn(
        page,
        sites.cyber.url,
        () => smtp.received.find(({ to }) => to === "staff@localhost")?.text,
      );
      await createEstablishment(page, sites.cyber.url);
    });

    const frame = page.frameLocator('iframe[title="Dépôt des bases BCDI"]');
    await test.step("the deposit page opens in an iframe of another site, without cookies or storage", async () => {
      await expect(page.getByRole("heading", { name: "Votre serveur attend vos bases" })).toBeVisible();
      await expect(frame.getByRole("button", { name: /Choisir/ }).first()).toBeVisible();
      expect(await storageIn(page)).toBe("blocked");
    });

    await test.step("three bases are sent; the server is killed half way and the page goes on by itself", async () => {
      // The main base last: it is found by its name all the same.
      const order = [...bases].reverse();
      await frame.locator('input[type="file"]').setInputFiles(order.map(({ zipPath }) => zipPath));
      const archiveBytes = order.map(({ zipPath }) => statSync(zipPath).size);
      expect(await killServerHalfWay(sites)).toBeLessThan(archiveBytes.reduce((sum, bytes) => sum + bytes));
      await expect(frame.getByRole("button", { name: "Terminer le dépôt" })).toBeEnabled({
        timeout: 240_000,
      });
      await expect(mainBaseRow(frame)).toContainText("data.zip");
      await frame.getByRole("button", { name: "Terminer le dépôt" }).click();
      await frame.getByRole("button", { name: "Oui, terminer le dépôt" }).click();
    });

    await test.step("the bases are mounted, byte for byte, and the school is shown how to connect", async () => {
      await expect(page.getByRole("heading", { name: "Votre serveur BCDI est en service" })).toBeVisible({
        timeout: 240_000,
      });
      await expect(page.getByText(`BCDI-${RNE}`).first()).toBeVisible();
      for (const { name, folderPath } of bases) {
        const mounted = join(sites.hosting.dataDirectory, "instances", RNE, "bases", name);
        expect(await digestFolder(mounted), name).toEqual(await digestFolder(folderPath));
      }
      const stages = ["Création", "Dépôt", "service"];
      for (const stage of stages) await expect(page.getByText(new RegExp(stage)).first()).toBeVisible();
    });

    await test.step("the licence's name is changed", async () => {
      await page.getByText("Modifier la griffe, le code").click();
      await page.getByLabel("Griffe").fill("LYCEE D ARGENTRE");
      await page.getByRole("button", { name: "Demander la modification" }).click();
      await expect
        .poll(() => readIni(sites), { timeout: 240_000 })
        .toContain("ORGANISME=LYCEE D ARGENTRE\r\n");
      await expect(page.getByRole("heading", { name: "Votre serveur BCDI est en service" })).toBeVisible();
      await expect.poll(() => mails().length, { timeout: 240_000 }).toBe(7);
    });

    await test.step("the hosting is ended, and the archives hold the same bytes", async () => {
      await page.getByRole("button", { name: "Demander la suppression…" }).click();
      await page.getByLabel(/Pour confirmer/).fill(RNE);
      await page.getByRole("button", { name: "Demander la suppression", exact: true }).click();
      await expect(page.getByRole("heading", { name: "Votre hébergement est supprimé" })).toBeVisible({
        timeout: 240_000,
      });
      for (const { name, folderPath } of bases) {
        const path = await download(page, `${name}.zip`, directory);
        const unzipped = join(directory, `unzipped-${name}`);
        execFileSync(requirePeer("unzip"), ["-q", path, "-d", unzipped]);
        expect(await digestFolder(join(unzipped, name)), name).toEqual(await digestFolder(folderPath));
        expect(
          (await page.content()).includes(await digestFile(path)),
          `the page shows the SHA-256 of ${name}`,
        ).toBe(true);
      }
      expect(await readdir(join(sites.hosting.dataDirectory, "instances"))).toEqual([]);
    });

    await test.step("one e-mail came for each step, after a first refusal, and none twice", async () => {
      // START, WAIT, UPLOADED, RIGHT, READY, ALTER, READY again, DELETE, DELETED
      await expect.poll(() => mails().length, { timeout: 240_000 }).toBe(9);
      expect(new Set(mails().map(({ messageId }) => messageId)).size).toBe(9);
      expect(smtp.refusals()).toBeGreaterThanOrEqual(9);
      for (const { subject, text } of mails()) {
        expect(subject).toContain(RNE);
        expect(text).toContain(`${sites.cyber.url}/etablissements/${RNE}`);
        expect(text).not.toContain("/api/v1/downloads/");
      }
    });
  } catch (failure) {
    process.stderr.write(`${sites.hosting.output().slice(-4000)}\n${sites.cyber.output().slice(-4000)}`);
    throw failure;
  } finally {
    await browser.close();
    await sites.stop();
    await smtp.stop();
    rmSync(directory, { recursive: true, force: true });
  }
});

async function signIn(page: Page, url: string, findText: () => string | undefined): Promise<void> {
  await page.goto(`${url}/connexion`);
  await page.getByLabel("Adresse e-mail").fill("staff@localhost");
  await page.getByRole("button", { name: "Recevoir un lien de connexion" }).click();
  await expect.poll(() => findText() !== undefined, { timeout: 240_000 }).toBe(true);
  const link = /http\S+\/connexion\/confirmer#token=\S+/.exec(findText() ?? "")?.[0] ?? "";
  // What a mail scanner does: it opens the link, without pressing anything.
  await fetch(link);
  await page.goto(link);
  await page.getByRole("button", { name: "Me connecter" }).click();
  await expect(page).toHaveURL(/\/etablissements/);
}

async function createEstablishment(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/etablissements/nouveau`);
  await page.getByLabel(/RNE/).fill(RNE.toLowerCase());
  await page.getByLabel("Nom de l’établissement").fill(NAME);
  await page.getByLabel("Griffe").fill("LYCEE BERTRAND D ARGENTRE");
  await page.getByLabel("Code", { exact: true }).fill("ABCDEFGH");
  await page.getByLabel("Contacts").fill(CONTACT);
  await page.getByRole("button", { name: "Créer l’établissement" }).click();
  await expect(page).toHaveURL(`${url}/etablissements/${RNE}`);
}

/** What the framed page could do with storage, if it tried. */
async function storageIn(page: Page): Promise<string> {
  const framed = page.frames().find((frame) => frame.url().includes("/embed/upload"));
  return (
    (await framed?.evaluate(() => {
      try {
        window.localStorage.setItem("probe", "1");
        return "allowed";
      } catch {
        return "blocked";
      }
    })) ?? "no frame"
  );
}

/** Resolves to how many bytes had been received by then. */
async function killServerHalfWay({ hosting }: TwoSites): Promise<number> {
  const uploads = join(hosting.dataDirectory, "uploads", RNE);
  const total = async () => {
    const names = await readdir(uploads).catch(() => []);
    const sizes = await Promise.all(
      names.map((name) =>
        stat(join(uploads, name)).then(
          ({ size }) => size,
          () => 0,
        ),
      ),
    );
    return sizes.reduce((sum, size) => sum + size, 0);
  };
  while ((await total()) < KILL_AFTER_BYTES) await wait(5);
  process.kill(hosting.pidOf("server"), "SIGKILL");
  return total();
}

function mainBaseRow(frame: FrameLocator) {
  return frame.getByRole("listitem").filter({ hasText: "Base principale" }).first();
}

function readIni({ hosting }: TwoSites): string {
  return readFileSync(join(hosting.dataDirectory, "instances", RNE, "bcdiserv.ini"), "latin1");
}

async function download(page: Page, name: string, directory: string): Promise<string> {
  const [started] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: `Télécharger ${name}` }).click(),
  ]);
  const path = join(directory, `downloaded-${name}`);
  await started.saveAs(path);
  return path;
}
