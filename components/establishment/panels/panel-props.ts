import type { ReactNode } from "react";
import type { OpenDeposit } from "#components/establishment/deposit-frame.tsx";
import type { Wording } from "#components/establishment/wording.ts";
import type { FormAction } from "#components/ui/form-state.ts";
import type { EstablishmentView } from "#contract/establishment.ts";

export interface LicenceData {
  readonly griffe: string;
  readonly code: string;
  readonly version: string;
}

/** What a person may ask for from the page; each is guarded and done on the server. */
export interface EstablishmentActions {
  readonly change: FormAction;
  readonly requestDeletion: FormAction;
  readonly cancelDeletion: FormAction;
  readonly retry: FormAction;
  readonly openDeposit: OpenDeposit;
  readonly synchronise: () => Promise<void>;
}

export interface PanelProps {
  readonly name: string;
  readonly view: EstablishmentView;
  readonly pendingChange: { readonly from: LicenceData; readonly to: LicenceData } | null;
  readonly wording: Wording;
  readonly actions: EstablishmentActions;
}

export type Panel = (props: PanelProps) => ReactNode;
