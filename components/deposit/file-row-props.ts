import type { DepositItem } from "./engine/state.ts";

/** One file, its place in the list, and what a person may ask for it. */
export type FileRowProps = {
  item: DepositItem;
  index: number;
  count: number;
  onChoose: () => void;
  onPause: () => void;
  onResume: () => void;
  onRemove: () => void;
  onMoveUp: () => void;
  onMoveDown: () => void;
  onMakeMain: () => void;
};
