import { expect, test } from "@playwright/test";
import { z } from "zod";
import { startDeployment } from "#tests/deployment/deployment.ts";
import { expectSound } from "./sound.ts";

const OperationsSchema = z.record(z.string(), z.object({ operationId: z.string(), summary: z.string() }));
const DocumentSchema = z.object({
  paths: z.record(z.string(), OperationsSchema),
  webhooks: z.record(z.string(), OperationsSchema),
});

test("the API's readable page has every call of the document that tools read, and no link that leads nowhere", async ({
  page,
}) => {
  const deployment = await startDeployment();
  try {
    const document = await fetch(`${deployment.url}/api/v1/openapi.json`);
    const { paths, webhooks } = DocumentSchema.parse(await document.json());
    const operations = [paths, webhooks].flatMap((part) =>
      Object.values(part).flatMap((item) => Object.values(item)),
    );
    expect(operations.length).toBeGreaterThan(10);

    expect((await page.goto(`${deployment.url}/api/v1/docs`))?.status()).toBe(200);
    for (const { operationId, summary } of operations) {
      const card = page.locator(`#${operationId}`);
      await expect(card.getByRole("heading", { name: summary, exact: true })).toBeVisible();
    }
    const addresses = await page
      .locator('a[href^="#"]')
      .evaluateAll((links) => [...new Set(links.map((link) => link.getAttribute("href") ?? ""))]);
    for (const address of addresses) await expect(page.locator(address)).toHaveCount(1);
    await expectSound(page);
  } finally {
    await deployment.stop();
  }
});
