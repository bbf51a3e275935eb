import type { CyberContext } from "#cyber/context.ts";
import { getKeyed } from "./establishment-key.ts";
import { explainHostingFailure, type VerbResult } from "./verb-result.ts";

export type EmbedAddress =
  | { readonly ok: true; readonly embedUrl: string }
  | Extract<VerbResult, { ok: false }>;

/** The address of the deposit page for this school: opened by a short-lived token, never by the key. */
export async function createUploadToken(ctx: CyberContext, rne: string): Promise<EmbedAddress> {
  try {
    const { embedUrl } = await ctx.hosting.createUploadToken(await getKeyed(ctx, rne));
    const address = new URL(embedUrl);
    if (address.protocol !== "https:" && address.protocol !== "http:") {
      throw new Error("the host gave a deposit page that is not on the web");
    }
    const fragment = new URLSearchParams(address.hash.slice(1));
    // To whom the page may speak: postMessage wants the exact origin.
    fragment.set("parent", new URL(ctx.publicUrl).origin);
    address.hash = fragment.toString();
    return { ok: true, embedUrl: address.href };
  } catch (failure) {
    const result = explainHostingFailure(ctx, failure);
    if (result.ok) throw failure;
    return result;
  }
}
