import type { State } from "#contract/states.ts";
import { AlterPanel } from "./alter-panel.tsx";
import { CreationErrorPanel } from "./creation-error-panel.tsx";
import { CreationPanel } from "./creation-panel.tsx";
import { DeletedPanel } from "./deleted-panel.tsx";
import { DeletionPanel } from "./deletion-panel.tsx";
import { DepositPanel } from "./deposit-panel.tsx";
import { MountingPanel } from "./mounting-panel.tsx";
import type { Panel } from "./panel-props.ts";
import { ReadyPanel } from "./ready-panel.tsx";
import { RejectedPanel } from "./rejected-panel.tsx";

/** What the current step holds, for each state. */
export const PANELS = {
  START: CreationPanel,
  BCDIDBWAIT: DepositPanel,
  BCDIDBUPLOADED: MountingPanel,
  BCDIDBUPLOADEDRIGHT: MountingPanel,
  BCDIREADY: ReadyPanel,
  BCDIALTER: AlterPanel,
  BCDIDELETE: DeletionPanel,
  BCDIDELETED: DeletedPanel,
  STARTERROR: CreationErrorPanel,
  BCDIUPLOADEDERROR: RejectedPanel,
} as const satisfies Record<State, Panel>;
