import { type Browser, type BrowserContext, expect, type Page, type Request } from "@playwright/test";
import type { Deployment } from "#tests/deployment/deployment.ts";
import { signIn } from "#tests/deployment/sign-in.ts";

/** Someone of another side, signed in, with a browser of their own. */
export async function openSignedIn(
  browser: Browser,
  deployment: Deployment,
  email: string,
): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext({ locale: "fr-FR" });
  const page = await context.newPage();
  await signIn(page, deployment, email);
  return { page, context };
}

/** None of these addresses is there for who asks, and none lets through what it would have shown. */
export async function expectNothingThere(
  page: Page,
  addresses: readonly string[],
  secrets: readonly string[],
): Promise<void> {
  for (const address of addresses) {
    const answer = await page.goto(address);
    expect(answer?.status(), address).toBe(404);
    await expect(page.getByRole("heading", { name: "Cette page n’existe pas" })).toBeVisible();
    const content = await page.content();
    for (const secret of secrets) expect(content, address).not.toContain(secret);
  }
}

/** Posts once more what somebody's page posted, as whoever this context is. */
export async function postAgain(context: BrowserContext, request: Request) {
  const { cookie: _theirs, ...headers } = await request.allHeaders();
  const sent = Object.entries(headers).filter(([name]) => !name.startsWith(":") && name !== "content-length");
  return context.request.post(request.url(), {
    headers: Object.fromEntries(sent),
    data: request.postDataBuffer() ?? Buffer.alloc(0),
    maxRedirects: 0,
  });
}
