/** Where the focus goes when a row moves, or goes away. */
export const CHOOSE_BUTTON_ID = "choose-files";

export function rowId(key: string): string {
  return `file-${key}`;
}

export function actionId(key: string, action: "remove" | "up" | "down"): string {
  return `${action}-${key}`;
}
