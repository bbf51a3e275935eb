import type { EmbedMessage } from "#contract/embed-messages.ts";
import { findOrigin } from "./fragment.ts";

type Draft = EmbedMessage extends infer Message
  ? Message extends EmbedMessage
    ? Omit<Message, "source" | "version">
    : never
  : never;

/** Posts to the page that embeds this one, to its origin only; to nobody when that origin is not known. */
export type ParentFrame = { post(message: Draft): void };

export function createParentFrame(explicitOrigin: string | null): ParentFrame {
  const isEmbedded = window.parent !== window;
  const origin =
    explicitOrigin ?? findOrigin(window.location.ancestorOrigins?.[0]) ?? findOrigin(document.referrer);
  return {
    post: (message) => {
      if (!isEmbedded || origin === null) return;
      window.parent.postMessage({ source: "bcdi-deposit", version: 1, ...message }, origin);
    },
  };
}
