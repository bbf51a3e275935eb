import { signIn } from "next-auth/react";

export type Entrance = "entered" | "refused" | "unreachable";

/** Posts what opens the door; nothing is used up before this. */
export async function enter(
  credentials: { token: string } | { email: string; code: string },
): Promise<Entrance> {
  try {
    const answer = await signIn("credentials", { ...credentials, redirect: false, callbackUrl: "/" });
    return answer?.ok && !answer.error ? "entered" : "refused";
  } catch {
    return "unreachable";
  }
}

export const ENTRANCE_MESSAGES = {
  refused:
    "Ce lien ou ce code ne convient pas\u202f: il a déjà servi, il a plus de quinze minutes, ou il a été mal saisi.",
  unreachable: "La connexion n’a pas abouti. Vérifiez votre accès à internet, puis réessayez.",
} as const satisfies Record<Exclude<Entrance, "entered">, string>;
