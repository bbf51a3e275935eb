import { ChangeForm } from "./change-form.tsx";
import type { PanelProps } from "./panels/panel-props.ts";

/** The licence's data, to be changed: folded away, since it is rarely needed. */
export function ChangeCard({ view, actions }: Pick<PanelProps, "view" | "actions">) {
  const { griffe, code, version } = view;
  return (
    <details className="rounded-lg border text-sm open:pb-4">
      <summary className="cursor-pointer rounded-lg px-4 py-3 font-medium">
        Modifier la griffe, le code ou le type de version
      </summary>
      <div className="px-4 pt-1">
        <ChangeForm
          key={`${griffe} ${code} ${version}`}
          action={actions.change}
          licence={{ griffe, code, version }}
        />
      </div>
    </details>
  );
}
