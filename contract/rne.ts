import { z } from "zod";

const CHECK_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ";

/** True when the eighth character is the check letter of the first seven digits. */
export function hasRightCheckLetter(rne: string): boolean {
  return CHECK_LETTERS[Number(rne.slice(0, 7)) % 23] === rne[7];
}

/** An establishment's RNE ("UAI" today): seven digits and a check letter; trimmed and upper-cased. */
export const RneSchema = z
  .string({ error: "Le RNE est attendu." })
  .trim()
  .toUpperCase()
  .regex(/^\d{7}[A-HJ-NPR-Z]$/, {
    error: "Le RNE se compose de sept chiffres et d’une lettre, par exemple 0350024L.",
    abort: true,
  })
  .refine(hasRightCheckLetter, {
    error: "La lettre du RNE ne correspond pas à ses chiffres\u202f: vérifiez la saisie.",
  });
