import { redirect } from "next/navigation";
import { requireSignedIn } from "#accounts/guards.ts";

/** Each to where their work is. */
export default async function HomePage() {
  const { isStaff, isOperator, rnes } = await requireSignedIn();
  redirect(isOperator && !isStaff && rnes.length === 0 ? "/hebergeur" : "/etablissements");
}
