import { resendAction } from "#app/(operations)/hebergeur/actions.ts";
import { describeDeliveryFailure } from "#app/(operations)/hebergeur/delivery-failure.ts";
import {
  BaseRecords,
  EventRecords,
  HistoryRecords,
  IncidentRecords,
} from "#components/operations/hosted-records.tsx";
import { JournalRecords } from "#components/operations/journal-records.tsx";
import { OperatorAction } from "#components/operations/operator-action.tsx";
import { StateChangedEventSchema } from "#contract/events.ts";
import { type State, StateSchema } from "#contract/states.ts";
import type { HostedEstablishment } from "#hosting/operations/find-hosted.ts";
import { formatDuration } from "#platform/french/durations.ts";
import { formatInstant } from "#platform/french/instants.ts";
import { formatSize } from "#platform/french/sizes.ts";

/** All that was recorded of an establishment, in words. */
export function HostedRecords({
  hosted,
  journalBefore,
}: {
  hosted: HostedEstablishment;
  journalBefore: bigint | null;
}) {
  const { view, history, incidents, journal, events } = hosted;
  const page = `/hebergeur/etablissements/${view.rne}`;
  const say = (at: Date | null) => (at ? formatInstant(at) : null);
  return (
    <div className="flex flex-col gap-5">
      <IncidentRecords
        incidents={incidents.map((incident) => ({
          ...incident,
          openedAt: formatInstant(incident.openedAt),
          resolvedAt: say(incident.resolvedAt),
        }))}
      />
      <JournalRecords
        entries={journal.entries.map((entry) => ({
          ...{ ...entry, id: String(entry.id) },
          at: formatInstant(entry.at),
        }))}
        olderAddress={journal.olderBefore === null ? null : `${page}?avant=${journal.olderBefore}#journal`}
        latestAddress={journalBefore === null ? null : `${page}#journal`}
      />
      <BaseRecords bases={view.bases.map((base) => ({ ...base, size: formatSize(base.size) }))} />
      <HistoryRecords
        steps={history.map(({ revision, state, at, authorKind, authorName, durationMs }) => ({
          ...{ revision: String(revision), state: StateSchema.parse(state), authorKind, authorName },
          at: formatInstant(at),
          lasted: durationMs === null ? null : formatDuration(Number(durationMs)),
        }))}
      />
      <EventRecords
        events={events.map((event) => ({
          ...{ id: event.id, attempts: event.attempts, isAbandoned: event.abandonedAt !== null },
          state: stateIn(event.payload),
          createdAt: formatInstant(event.createdAt),
          deliveredAt: say(event.deliveredAt),
          failure: describeDeliveryFailure(event.lastError),
          resend: (
            <OperatorAction
              action={resendAction.bind(null, event.id)}
              isOffered={event.deliveredAt === null && event.attempts > 0}
              variant="outline"
              size="sm"
              pendingText="Envoi…"
              label="Renvoyer"
            />
          ),
        }))}
      />
    </div>
  );
}

/** The state that an event tells of; null for one that cannot be read, which must not take the page away. */
function stateIn(payload: string): State | null {
  try {
    return StateChangedEventSchema.parse(JSON.parse(payload)).data.state;
  } catch {
    return null;
  }
}
