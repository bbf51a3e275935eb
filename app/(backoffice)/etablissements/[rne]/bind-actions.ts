import type { EstablishmentActions } from "#components/establishment/panels/panel-props.ts";
import {
  cancelDeletionAction,
  changeAction,
  openDepositAction,
  requestDeletionAction,
  retryAction,
  synchroniseAction,
} from "./actions.ts";

/** The actions of one school's page; each is guarded again where it runs. */
export function bindActions(rne: string): EstablishmentActions {
  return {
    change: changeAction.bind(null, rne),
    requestDeletion: requestDeletionAction.bind(null, rne),
    cancelDeletion: cancelDeletionAction.bind(null, rne),
    retry: retryAction.bind(null, rne),
    openDeposit: openDepositAction.bind(null, rne),
    synchronise: synchroniseAction.bind(null, rne),
  };
}
