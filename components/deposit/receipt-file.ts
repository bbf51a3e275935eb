import { fr } from "#components/ui/french.ts";
import type { DepositState } from "./engine/state.ts";
import { formatBytes, formatInstant } from "./format.ts";

/** The receipt as plain text: what a school keeps with its records. */
export function writeReceipt(state: Pick<DepositState, "rne" | "items">, date: string | null): string {
  const files = state.items.flatMap((item, index) => [
    "",
    `${index + 1}. ${item.fileName} (${index === 0 ? "base principale" : "autre base"})`,
    `   Taille : ${formatBytes(item.sizeBytes)} (${item.sizeBytes} octets)`,
    `   SHA-256 : ${item.sha256 ?? "en cours de calcul"}`,
  ]);
  const lines = [
    "Récépissé de dépôt – bases BCDI",
    "",
    `Référence : ${state.rne}`,
    ...(date ? [`Date : ${formatInstant(date)}`] : []),
    `Fichiers reçus : ${state.items.length}`,
    ...files,
    "",
  ];
  return lines.map(fr).join("\r\n");
}

export function downloadReceipt(state: DepositState, date: string | null): void {
  const url = URL.createObjectURL(
    new Blob([writeReceipt(state, date)], { type: "text/plain;charset=utf-8" }),
  );
  const link = document.createElement("a");
  link.href = url;
  link.download = `recepisse-depot-${state.rne}.txt`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Prints, or saves where printing is forbidden: a sandboxed frame without `allow-modals` ignores `print()`. */
export function printReceipt(state: DepositState, date: string | null): void {
  let isPrinting = false;
  const note = () => {
    isPrinting = true;
  };
  window.addEventListener("beforeprint", note, { once: true });
  window.print();
  window.removeEventListener("beforeprint", note);
  if (!isPrinting) downloadReceipt(state, date);
}
