import { BackupGuide } from "#components/establishment/backup-guide.tsx";
import { ChangeCard } from "#components/establishment/change-card.tsx";
import { DepositFrame } from "#components/establishment/deposit-frame.tsx";
import { ProblemNote } from "#components/establishment/problem-note.tsx";
import type { Panel } from "./panel-props.ts";

export const DepositPanel: Panel = (props) => (
  <div className="flex flex-col gap-4">
    {props.view.problem ? <ProblemNote problem={props.view.problem} tone="warning" /> : null}
    <BackupGuide />
    <div className="overflow-hidden rounded-xl border bg-background">
      <DepositFrame openDeposit={props.actions.openDeposit} onCompleted={props.actions.synchronise} />
    </div>
    <ChangeCard {...props} />
  </div>
);
