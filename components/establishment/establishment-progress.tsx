import { Card, CardContent, CardHeader, CardTitle } from "#components/ui/card.tsx";
import type { PanelProps } from "./panels/panel-props.ts";
import { PANELS } from "./panels/panels.ts";
import { listStages } from "./stages.ts";
import { StatusCard } from "./status-card.tsx";
import { Stepper } from "./stepper.tsx";

/** A school's page: where it stands, whose turn it is, when it goes on, and what to do now. */
export function EstablishmentProgress(props: PanelProps) {
  const { view, wording } = props;
  const Panel = PANELS[view.state];
  return (
    <div className="flex flex-col gap-5">
      <StatusCard view={view} wording={wording} />
      <Card>
        <CardHeader>
          <CardTitle>Votre parcours</CardTitle>
        </CardHeader>
        <CardContent>
          <Stepper stages={listStages(view)} sayInstant={wording.instant}>
            <Panel {...props} />
          </Stepper>
        </CardContent>
      </Card>
    </div>
  );
}
